import { type Quantity, quantities } from '../../../../../shared/telemetry/quantity.ts';
import { useLaboratoryWords } from '../../../i18n/laboratory-words.ts';
import { useLocale } from '../../../i18n/language.ts';
import { quantityLabel } from '../quantity-label.ts';

/** A result as it is being typed. */
export type Row = { readonly quantity: Quantity; readonly value: string };

type RowProps = {
  readonly id: string;
  readonly row: Row;
  readonly error: string | undefined;
  readonly onChange: (value: string) => void;
};

/** One quantity with its unit, and what is wrong with its value. */
export const ResultRow = ({ id, row, error, onChange }: RowProps) => {
  const w = useLaboratoryWords();
  const { language } = useLocale();
  const name = quantityLabel(row.quantity, language);
  const { unit } = quantities[row.quantity];
  return (
    <div class="result-row">
      <label for={id}>{name}</label>
      <input
        id={id}
        inputMode="decimal"
        autocomplete="off"
        aria-label={w.valueOf(name)}
        aria-invalid={error !== undefined}
        aria-describedby={error === undefined ? undefined : `${id}-error`}
        value={row.value}
        onInput={({ currentTarget }) => onChange(currentTarget.value)}
      />
      <span class="quiet">{unit === 'pH' ? '' : unit}</span>
      {error !== undefined && (
        <p id={`${id}-error`} class="field-error" role="alert">
          {error}
        </p>
      )}
    </div>
  );
};
