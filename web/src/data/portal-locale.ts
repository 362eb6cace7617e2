import { createContext } from 'preact';
import { useContext } from 'preact/hooks';
import { DEFAULT_TIME_ZONE } from '../format/default-time-zone.ts';
import { type Formats, formatsFor } from '../format/formats.ts';
import { type Language, tagOf } from '../i18n/language.ts';
import { type PortalWords, portalWords } from './words.ts';

export type PortalLocale = { readonly language: Language; readonly w: PortalWords; readonly f: Formats };

/** @param timeZone the city's; instants are shown on its clock, wherever the reader is. */
export const portalLocale = (language: Language, timeZone: string): PortalLocale => ({
  language,
  w: portalWords[language],
  f: formatsFor(tagOf(language), timeZone),
});

export const PortalContext = createContext<PortalLocale>(portalLocale('vi', DEFAULT_TIME_ZONE));
export const usePortal = (): PortalLocale => useContext(PortalContext);
