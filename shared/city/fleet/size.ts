import * as z from 'zod';

const figures = {
  widthMetres: z.number().positive().max(10).optional(),
  heightMetres: z.number().positive().max(10).optional(),
  lengthMetres: z.number().positive().max(30).optional(),
  /** Gross weight: truck and load as permitted. */
  grossWeightKg: z.number().positive().max(100_000).optional(),
};

const saysSomething = (size: object): boolean => Object.values(size).some((figure) => figure !== undefined);

/** A truck's outside; what is absent nobody has measured. */
export const truckSizeSchema = z
  .object(figures)
  .refine(saysSomething, { message: 'must say something, or be left out', params: { code: 'must-limit' } });
export type TruckSize = z.infer<typeof truckSizeSchema>;

/** The largest truck that gets through, or may; what is absent does not matter. */
export const sizeLimitsSchema = z
  .object(figures)
  .refine(saysSomething, { message: 'must limit something, or be left out', params: { code: 'must-limit' } });
export type SizeLimits = z.infer<typeof sizeLimitsSchema>;

export const sizeFigures = ['widthMetres', 'heightMetres', 'lengthMetres', 'grossWeightKg'] as const;

/** Whether a truck keeps within all limits. A figure that nobody has measured keeps within none. */
export const fitsWithin = (limits: SizeLimits, size: TruckSize | undefined): boolean =>
  sizeFigures.every((figure) => {
    const limit = limits[figure];
    return limit === undefined || (size?.[figure] ?? Number.POSITIVE_INFINITY) <= limit;
  });
