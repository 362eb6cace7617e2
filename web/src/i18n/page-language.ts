import { useLayoutEffect, useState } from 'preact/hooks';
import { initialLanguage, type Language, rememberLanguage } from './language.ts';

/** The language that the page is in, and what changes it. */
export const usePageLanguage = (): readonly [Language, (language: Language) => void] => {
  const [language, setLanguage] = useState<Language>(initialLanguage);
  // With the words, not after them: what reads them aloud goes by the page's language.
  useLayoutEffect(() => rememberLanguage(language), [language]);
  return [language, setLanguage];
};
