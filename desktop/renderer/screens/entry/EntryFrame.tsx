import './entry.css';
import type { ReactNode } from 'react';
import { useT } from '../../messages/useT.ts';
import { usePageTitle } from '../../parts/Page.tsx';
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
    </main>
  );
}
