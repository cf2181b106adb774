import { Button } from '@mantine/core';
import { IconRefresh } from '@tabler/icons-react';
import { Component, type ErrorInfo, type ReactNode } from 'react';
import { useT } from '../messages/useT.ts';

interface State {
  error: Error | null;
}

/** Keeps a failure of one page from blanking everything. */
export class ErrorBoundary extends Component<{ children: ReactNode }, State> {
  override state: State = { error: null };

  static getDerivedStateFromError(error: Error): State {
    return { error };
  }

  override componentDidCatch(error: Error, info: ErrorInfo): void {
    console.error(error, info.componentStack);
  }

  override render(): ReactNode {
    return this.state.error ? <Crashed error={this.state.error} /> : this.props.children;
  }
}

function Crashed({ error }: { error: Error }) {
  const t = useT();
  return (
    <div className="empty" role="alert">
      <strong>{t('shell.crashed')}</strong>
      <p>{t('shell.crashedText')}</p>
      <p className="mono">{error.message}</p>
      <Button variant="default" leftSection={<IconRefresh size={16} />} onClick={() => window.location.reload()}>
        {t('shell.reload')}
      </Button>
    </div>
  );
}
