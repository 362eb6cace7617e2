import type { BinWithFill } from '../../api/wire.ts';
import type { Messages } from '../../i18n/vi.ts';

export const streams = ['recyclable', 'food', 'other'] as const satisfies readonly BinWithFill['stream'][];

export const streamName = (stream: BinWithFill['stream'], t: Messages): string =>
  ({ recyclable: t.streamRecyclable, food: t.streamFood, other: t.streamOther })[stream];
