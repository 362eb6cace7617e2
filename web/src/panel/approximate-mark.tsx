import { useLocale } from '../i18n/language.ts';

/** Beside the name of a place that nobody has surveyed yet. */
export const ApproximateMark = () => {
  const { t } = useLocale();
  return (
    <span title={t.approximate}>
      <span aria-hidden="true" class="approximate-mark">
        {' '}
        ≈
      </span>
      <span class="visually-hidden">, {t.approximate}</span>
    </span>
  );
};
