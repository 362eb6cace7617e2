import { useLayoutEffect, useMemo, useState } from 'preact/hooks';
import { DEFAULT_TIME_ZONE } from '../format/default-time-zone.ts';
import { type Language, LocaleContext, localeFor, useLocale } from '../i18n/language.ts';
import { usePageLanguage } from '../i18n/page-language.ts';
import { useSignInWords } from '../i18n/sign-in-words.ts';
import { LanguageSwitch } from '../language-switch.tsx';
import { type SessionState, signIn } from './session.ts';

type Because = Extract<SessionState, { status: 'signed-out' }>['because'];

const Invitation = ({
  because,
  onLanguage,
}: {
  readonly because: Because | undefined;
  readonly onLanguage: (next: Language) => void;
}) => {
  const { t, language } = useLocale();
  const w = useSignInWords();
  const [hasFailed, setFailed] = useState(because === 'failed');
  return (
    <div class="sign-in">
      <header class="app-header">
        <img src="/favicon.svg" alt="" width="36" height="36" />
        <div class="app-title">
          <h1>{t.appName}</h1>
          <p>{t.appTagline}</p>
        </div>
        <LanguageSwitch label={t.language} language={language} onLanguage={onLanguage} />
      </header>
      <main class="sign-in-card">
        <h2>{w.heading}</h2>
        {because === 'ended' && !hasFailed && <p class="notice">{w.ended}</p>}
        {hasFailed && (
          <p class="notice is-problem" role="alert">
            {w.failed}
          </p>
        )}
        <p>{w.who}</p>
        <p>
          <button type="button" class="button is-primary" onClick={() => void signIn().catch(() => setFailed(true))}>
            {w.signIn}
          </button>
        </p>
        <p>
          <a href="/data/">{w.openData}</a>
        </p>
      </main>
    </div>
  );
};

/** What whoever is not signed in sees instead of the console. */
export const SignInPage = ({ because }: { readonly because?: Because | undefined }) => {
  const [language, setLanguage] = usePageLanguage();
  const locale = useMemo(() => localeFor(language, DEFAULT_TIME_ZONE), [language]);
  useLayoutEffect(() => {
    document.title = locale.t.appName;
  }, [locale]);
  return (
    <LocaleContext.Provider value={locale}>
      <Invitation because={because} onLanguage={setLanguage} />
    </LocaleContext.Provider>
  );
};
