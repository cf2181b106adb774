import type { ReactNode } from 'react';
import { useEffect } from 'react';
import { useT } from '../messages/useT.ts';

interface PageProps {
  title: string;
  subtitle?: ReactNode;
  actions?: ReactNode;
  children: ReactNode;
  /** the whole width, for tables and canvases */
  wide?: boolean;
}

/** A page below the top bar: title, what it is about, its actions. */
export function Page({ title, subtitle, actions, children, wide }: PageProps) {
  usePageTitle(title);
  return (
    <div className={wide ? 'page page-wide' : 'page'}>
      <header className="page-head">
        <div>
          <h1>{title}</h1>
          {subtitle !== undefined && <p className="page-sub">{subtitle}</p>}
        </div>
        {actions !== undefined && <div className="page-actions">{actions}</div>}
      </header>
      {children}
    </div>
  );
}

/** Names the page in the window's title. */
export function usePageTitle(title: string): void {
  const t = useT();
  useEffect(() => {
    document.title = `${title} · ${t('shell.name')}`;
  }, [title, t]);
}
