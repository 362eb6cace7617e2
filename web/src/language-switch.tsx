import { dictionaries, type Language, languages } from './i18n/language.ts';

type LanguageSwitchProps = {
  /** What the switch is for, in the language shown. */
  readonly label: string;
  readonly language: Language;
  readonly onLanguage: (language: Language) => void;
};

/** The languages as buttons, each named in itself. */
export const LanguageSwitch = ({ label, language, onLanguage }: LanguageSwitchProps) => (
  <fieldset class="language-switch">
    <legend class="visually-hidden">{label}</legend>
    {languages.map((candidate) => (
      <button
        key={candidate}
        type="button"
        lang={candidate}
        aria-pressed={candidate === language}
        aria-label={dictionaries[candidate].languageName}
        onClick={() => onLanguage(candidate)}
      >
        {candidate.toUpperCase()}
      </button>
    ))}
  </fieldset>
);
