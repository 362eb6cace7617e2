import type { WireIndex } from '../../../api/laboratory.ts';
import { useLaboratoryWords } from '../../../i18n/laboratory-words.ts';
import { useLocale } from '../../../i18n/language.ts';

/** An index with its category in words; the colour only repeats them. */
export const IndexLine = ({ result }: { readonly result: WireIndex }) => {
  const w = useLaboratoryWords();
  const { language, f } = useLocale();
  if (result.status === 'not-computable') {
    return <p class="notice">{w.notComputable(language === 'vi' ? result.reasonVi : result.reasonEn)}</p>;
  }
  const { value, category, notes } = result;
  return (
    <>
      <p class="wqi">
        <svg class="wqi-mark" viewBox="0 0 16 16" aria-hidden="true">
          <rect width="16" height="16" rx="3" fill={`rgb(${category.rgb.join(',')})`} />
        </svg>
        <strong>VN_WQI {f.number(value)}</strong> {language === 'vi' ? category.nameVi : category.nameEn}
      </p>
      <p class="quiet">{notes.map((note) => note[language]).join(' · ')}</p>
    </>
  );
};
