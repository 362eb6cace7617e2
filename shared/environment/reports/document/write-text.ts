import type { Bilingual } from '../report.ts';
import type { Cell, ReportLanguage } from './document.ts';

/** Holds a number's groups together at the end of a line. */
const GROUP = '\u00a0';

/** A number as the page's language writes it; both languages take the decimal comma, as Vietnamese documents do (and ISO 80000-1 allows). */
export const writeNumber = (value: number, language: ReportLanguage): string => {
  const [whole = '', decimals] = String(Math.abs(value)).split('.');
  const grouped = whole.length > 4 ? whole.replace(/\B(?=(\d{3})+$)/g, GROUP) : whole;
  const sign = value < 0 ? '−' : '';
  return `${sign}${grouped}${decimals === undefined ? '' : `${language === 'en' ? '.' : ','}${decimals}`}`;
};

/** The texts to show, Vietnamese first; one where both say the same. */
export const textsOf = (
  { vi, en }: Bilingual,
  language: ReportLanguage,
): readonly { lang: 'vi' | 'en'; text: string }[] => {
  if (language === 'vi' || (language === 'both' && vi === en)) return [{ lang: 'vi', text: vi }];
  if (language === 'en') return [{ lang: 'en', text: en }];
  return [
    { lang: 'vi', text: vi },
    { lang: 'en', text: en },
  ];
};

/** On one line, for titles and headings. */
export const oneLine = (text: Bilingual, language: ReportLanguage): string =>
  textsOf(text, language)
    .map((each) => each.text)
    .join(' / ');

/** What a cell shows, one line a language. Nothing is a dash, never an empty cell. */
export const linesOf = (
  { content, prefix, suffix }: Cell,
  language: ReportLanguage,
): readonly { lang?: 'vi' | 'en'; text: string }[] => {
  const end = suffix === undefined ? '' : ` ${suffix}`;
  const start = prefix === undefined ? '' : `${prefix} `;
  if (content === null) return [{ text: '–' }];
  if (typeof content === 'number') return [{ text: `${start}${writeNumber(content, language)}${end}` }];
  if (typeof content === 'string') return [{ text: `${content}${end}` }];
  return textsOf(content, language).map(({ lang, text }) => ({ lang, text: `${text}${end}` }));
};
