import { createContext } from 'preact';
import { useContext } from 'preact/hooks';
import { DEFAULT_TIME_ZONE } from '../format/default-time-zone.ts';
import { type Formats, formatsFor } from '../format/formats.ts';
import { en } from './en.ts';
import { type Messages, vi } from './vi.ts';

export const languages = ['vi', 'en'] as const;
export type Language = (typeof languages)[number];

export const dictionaries: Readonly<Record<Language, Messages>> = { vi, en };

const STORAGE_KEY = 'phosach.language';

const isLanguage = (value: unknown): value is Language => languages.some((language) => language === value);

/** The first of the browser's languages that the console speaks; Vietnamese when it speaks none of them. */
export const preferredLanguage = (wanted: readonly string[]): Language =>
  wanted.map((tag) => tag.slice(0, 2).toLowerCase()).find(isLanguage) ?? 'vi';

/** What the reader chose before, else what the browser prefers. A browser that forbids storage just forgets. */
export const initialLanguage = (): Language => {
  try {
    const stored = localStorage.getItem(STORAGE_KEY);
    if (isLanguage(stored)) return stored;
  } catch {
    // Storage is forbidden: fall through to the browser's preference.
  }
  return preferredLanguage(navigator.languages);
};

export const rememberLanguage = (language: Language): void => {
  document.documentElement.lang = language;
  try {
    localStorage.setItem(STORAGE_KEY, language);
  } catch {
    // Storage is forbidden: the choice lasts for this visit.
  }
};

/** For numbers and times, BCP 47: the English of day-month-year. */
export const tagOf = (language: Language): string => (language === 'vi' ? 'vi-VN' : 'en-GB');

/** The words and formats of this moment's language and city. */
export type Locale = { readonly language: Language; readonly t: Messages; readonly f: Formats };

export const localeFor = (language: Language, timeZone: string): Locale => ({
  language,
  t: dictionaries[language],
  f: formatsFor(tagOf(language), timeZone),
});

export const LocaleContext = createContext<Locale>(localeFor('vi', DEFAULT_TIME_ZONE));

export const useLocale = (): Locale => useContext(LocaleContext);

/** The server's reason in the reader's language, where it gave both. */
export const reasonIn = (
  language: Language,
  { reason, reasonVi }: { readonly reason?: string | undefined; readonly reasonVi?: string | undefined },
): string | undefined => (language === 'vi' ? (reasonVi ?? reason) : reason);
