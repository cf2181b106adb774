import { Button } from '@mantine/core';
import { Component, type ErrorInfo, type ReactNode } from 'react';
import { useT } from '../messages/useT.ts';

interface State {
  error: Error | null;
}

/** Catches what a screen throws: says so in plain words and offers a way on, in place of an empty page. */
export class ErrorBoundary extends Component<{ children: ReactNode }, State> {
  override state: State = { error: null };

  static getDerivedStateFromError(error: unknown): State {
    return { error: error instanceof Error ? error : new Error(String(error)) };
  }

  override componentDidCatch(error: unknown, info: ErrorInfo): void {
    console.error('A screen failed.', error, info.componentStack);
  }

  override render(): ReactNode {
    if (this.state.error === null) return this.props.children;
    return <Broken error={this.state.error} onAgain={() => this.setState({ error: null })} />;
  }
}

function Broken({ error, onAgain }: { error: Error; onAgain: () => void }) {
  const t = useT();
  return (
    <div className="page-center" role="alert">
      <h1 className="title-2">{t('shell.broken.title')}</h1>
      <p className="dim">{t('shell.broken.words')}</p>
      <p className="mono faint">{error.message}</p>
      <div className="row">
        <Button onClick={onAgain}>{t('shell.tryAgain')}</Button>
        <Button variant="default" onClick={() => window.location.assign('/')}>
          {t('shell.goHome')}
        </Button>
      </div>
    </div>
  );
}
