import { isObservable, type Quantity, quantities, quantityNames } from '../../telemetry/quantity.ts';

/** What a laboratory can be asked for: everything of water that is measured, not worked out. */
export const laboratoryQuantities: readonly Quantity[] = quantityNames.filter(
  (name) => quantities[name].kind === 'water' && isObservable(name),
);
