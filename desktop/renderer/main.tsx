import '@mantine/core/styles.css';
import '@mantine/notifications/styles.css';
import '@mantine/spotlight/styles.css';
import './theme/base.css';
import './theme/controls.css';
import './parts/page.css';
import './parts/panel.css';
import './parts/table.css';
import './parts/signs.css';
import './parts/states.css';
import './parts/values.css';
import './parts/dialog.css';
import './parts/text.css';
import { Notifications } from '@mantine/notifications';
import { QueryClientProvider } from '@tanstack/react-query';
import { setNonce } from 'get-nonce';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './App.tsx';
import { queryClient } from './api/queries.ts';
import { startLanguage } from './messages/language.ts';
import { ErrorBoundary } from './shell/ErrorBoundary.tsx';
import { Themed } from './theme/Themed.tsx';

/** The nonce that lets Mantine's style elements through the page's content security policy. */
function styleNonce(): string {
  return document.querySelector<HTMLMetaElement>('meta[name="csp-nonce"]')?.content ?? '';
}

// Dialogs hold the page still with a style element of their own; the library behind them asks here for the nonce.
setNonce(styleNonce());

// After an update the pieces of the old client are gone: load the new one, but never in a circle. Without a connection
// the page stays, and says so where the piece was wanted.
window.addEventListener('vite:preloadError', (event) => {
  if (!window.navigator.onLine) return;
  const last = Number(window.sessionStorage.getItem('rondo.reloaded') ?? 0);
  if (Date.now() - last < 10_000) return;
  window.sessionStorage.setItem('rondo.reloaded', String(Date.now()));
  event.preventDefault();
  window.location.reload();
});

const root = document.getElementById('root');
if (!root) throw new Error('The page has no element with the id “root”.');
const page = createRoot(root);
/** `Map.groupBy` came last of what is used: an engine that has it has the rest. */
const engine = 'groupBy' in Map ? undefined : import('./olderEngines.ts');
void Promise.all([engine, startLanguage()]).then(() =>
  page.render(
    <StrictMode>
      <Themed nonce={styleNonce}>
        <Notifications position="bottom-right" />
        <ErrorBoundary>
          <QueryClientProvider client={queryClient}>
            <App />
          </QueryClientProvider>
        </ErrorBoundary>
      </Themed>
    </StrictMode>,
  ),
);
