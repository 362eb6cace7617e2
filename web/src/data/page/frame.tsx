import type { ComponentChildren } from 'preact';
import { useLayoutEffect, useMemo, useRef } from 'preact/hooks';
import { DEFAULT_TIME_ZONE } from '../../format/default-time-zone.ts';
import { usePageLanguage } from '../../i18n/page-language.ts';
import { LanguageSwitch } from '../../language-switch.tsx';
import { useLoaded } from '../load.ts';
import { PortalContext, portalLocale, usePortal } from '../portal-locale.ts';

type City = { readonly city: string | undefined; readonly timeZone: string };

const readCity = (answer: unknown): City => {
  const { city, timeZone } = (answer ?? {}) as Readonly<Record<string, unknown>>;
  return {
    city: typeof city === 'string' ? city : undefined,
    timeZone: typeof timeZone === 'string' ? timeZone : DEFAULT_TIME_ZONE,
  };
};

const Navigation = ({ here }: { readonly here: 'data' | 'api' }) => {
  const { w } = usePortal();
  return (
    <nav class="portal-nav" aria-label={w.pages}>
      <ul>
        <li>
          <a href="/data/" aria-current={here === 'data' ? 'page' : undefined}>
            {w.datasets}
          </a>
        </li>
        <li>
          <a href="/data/api.html" aria-current={here === 'api' ? 'page' : undefined}>
            {w.api}
          </a>
        </li>
        <li>
          <a href="/">{w.console}</a>
        </li>
      </ul>
    </nav>
  );
};

/** What all pages of the portal have around them: the city's name, the ways to the others, the language. */
export const Frame = ({ here, children }: { readonly here: 'data' | 'api'; readonly children: ComponentChildren }) => {
  const [language, setLanguage] = usePageLanguage();
  const main = useRef<HTMLElement>(null);
  const { data: city } = useLoaded('/open/v1/', readCity);
  const timeZone = city?.timeZone ?? DEFAULT_TIME_ZONE;
  const locale = useMemo(() => portalLocale(language, timeZone), [language, timeZone]);
  useLayoutEffect(() => {
    const title = here === 'api' ? locale.w.apiTitle : locale.w.title;
    document.title = city?.city === undefined ? title : `${title} · ${city.city}`;
  }, [locale, city, here]);
  return (
    <PortalContext.Provider value={locale}>
      <button type="button" class="skip-link" onClick={() => main.current?.focus()}>
        {locale.w.skip}
      </button>
      <header class="app-header">
        <img src="/favicon.svg" alt="" width="36" height="36" />
        <div class="app-title">
          <p class="portal-name">{locale.w.title}</p>
          <p>{city?.city ?? ' '}</p>
        </div>
        <LanguageSwitch label={locale.w.language} language={locale.language} onLanguage={setLanguage} />
      </header>
      <Navigation here={here} />
      <main ref={main} tabIndex={-1} class="portal">
        {children}
      </main>
    </PortalContext.Provider>
  );
};
