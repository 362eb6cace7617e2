import { type Language, useLocale } from './i18n/language.ts';
import { LanguageSwitch } from './language-switch.tsx';
import { SignOutButton } from './sign-in/sign-out-button.tsx';
import type { Trouble } from './state/city-data.ts';

type HeaderProps = {
  readonly cityName: string | undefined;
  readonly trouble: Trouble | undefined;
  readonly receivedAt: number | undefined;
  readonly onLanguage: (language: Language) => void;
};

const Freshness = ({ trouble, receivedAt }: Pick<HeaderProps, 'trouble' | 'receivedAt'>) => {
  const { t, f } = useLocale();
  if (trouble) {
    const words = trouble.problem.kind === 'refused' ? t.troubled : t.disconnected;
    return <p class="freshness is-stale">{words}</p>;
  }
  return <p class="freshness">{receivedAt === undefined ? t.loading : t.updatedAt(f.timeWithSeconds(receivedAt))}</p>;
};

export const Header = ({ cityName, trouble, receivedAt, onLanguage }: HeaderProps) => {
  const { t, language } = useLocale();
  return (
    <header class="app-header">
      <img src="/favicon.svg" alt="" width="36" height="36" />
      <div class="app-title">
        <h1>{t.appName}</h1>
        <p>{cityName ?? t.appTagline}</p>
      </div>
      <Freshness trouble={trouble} receivedAt={receivedAt} />
      <SignOutButton />
      <LanguageSwitch label={t.language} language={language} onLanguage={onLanguage} />
    </header>
  );
};
