import * as z from 'zod';

const mm = z.number().positive().max(20_000);
const mmOrPoint = z.number().min(0).max(20_000);

/**
 * A container's inside between the empty floor (`bottom…`) and the level that counts as full (`top…`), millimetres. Straight walls need
 * no dimensions: height is volume. Cone and pyramid may be truncated; a bottom of 0 ends in a point.
 */
export const containerShapeSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('box') }),
  z.object({ kind: z.literal('cylinder') }),
  z.object({ kind: z.literal('cone'), topDiameterMm: mm, bottomDiameterMm: mmOrPoint }),
  z.object({
    kind: z.literal('pyramid'),
    topLengthMm: mm,
    topWidthMm: mm,
    bottomLengthMm: mmOrPoint,
    bottomWidthMm: mmOrPoint,
  }),
]);
export type ContainerShape = z.infer<typeof containerShapeSchema>;
