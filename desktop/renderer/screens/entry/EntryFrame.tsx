import './entry.css';
import type { ReactNode } from 'react';
import { chooseLanguage, type Language, languages, useSpoken } from '../../messages/language.ts';
import { useT } from '../../messages/useT.ts';
import { usePageTitle } from '../../parts/Page.tsx';
import { tellFailure } from '../../parts/tell.ts';
import { Logo } from '../../shell/Logo.tsx';

/** The frame of the pages for people who are not signed in. */
export function EntryFrame({ title, text, children }: { title: string; text?: string; children?: ReactNode }) {
  const t = useT();
  usePageTitle(title);
  return (
    <main className="entry">
      <div className="entry-brand">
        <Logo size={32} />
        {t('shell.name')}
      </div>
      <div className="entry-card">
        <h1>{title}</h1>
        {text !== undefined && <p>{text}</p>}
        {children}
      </div>
      <LanguageLinks />
    </main>
  );
}

/** The languages by their own names: whoever is not signed in yet finds no menu of the person. */
function LanguageLinks() {
  const t = useT();
  const { locale } = useSpoken();
  return (
    <nav className="entry-languages" aria-label={t('shell.language')}>
      {(Object.keys(languages) as Language[]).map((language) => (
        <button
          key={language}
          type="button"
          className="plain-button"
          lang={language}
          aria-current={locale === language ? 'true' : undefined}
          onClick={() =>
            void chooseLanguage(language).catch((error: unknown) => tellFailure(error, t('shell.languageFailed')))
          }
        >
          {languages[language]}
        </button>
      ))}
    </nav>
  );
}
