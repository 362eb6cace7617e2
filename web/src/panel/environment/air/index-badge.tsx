import type { WireComputedIndex } from '../../../api/air-quality.ts';
import { textOn } from '../../../format/text-on.ts';
import { useLocale } from '../../../i18n/language.ts';

type BadgeProps = { readonly name: string; readonly result: WireComputedIndex };

/** An index on its category's colour, with its number and the category's name: the colour only repeats them. */
export const IndexBadge = ({ name, result: { value, category } }: BadgeProps) => {
  const { f, language } = useLocale();
  const colours = { '--aqi-ground': `rgb(${category.rgb.join(',')})`, '--aqi-ink': textOn(category.rgb) };
  return (
    <span class="aqi-badge" style={colours}>
      {name} <strong>{f.count(value)}</strong> · {language === 'vi' ? category.nameVi : category.nameEn}
    </span>
  );
};
