import { isQuantity, quantities } from '../../../../shared/telemetry/quantity.ts';
import type { Language } from '../../i18n/language.ts';

type Names = { readonly nameEn: string; readonly nameVi: string };

/** A quantity's name in the reader's language; one that this release does not know keeps the name it came with. */
export const quantityLabel = (quantity: string, language: Language, names?: Names): string => {
  const known: Names | undefined = names ?? (isQuantity(quantity) ? quantities[quantity] : undefined);
  if (known === undefined) return quantity;
  return language === 'vi' ? known.nameVi : known.nameEn;
};
