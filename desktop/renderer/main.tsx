import '@mantine/core/styles.css';
import '@mantine/notifications/styles.css';
import '@mantine/spotlight/styles.css';
import './theme/base.css';
import './theme/controls.css';
import './parts/parts.css';
import { createTheme, MantineProvider, mergeThemeOverrides } from '@mantine/core';
import { Notifications } from '@mantine/notifications';
import { QueryClientProvider } from '@tanstack/react-query';
import { setNonce } from 'get-nonce';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './App.tsx';
import { queryClient } from './api/queries.ts';
import { currentLocale, makeWords } from './messages/useT.ts';
import { ErrorBoundary } from './shell/ErrorBoundary.tsx';
import { cssVariablesResolver, theme } from './theme/theme.ts';

/** The nonce that lets Mantine's style elements through the page's content security policy. */
function styleNonce(): string {
  return document.querySelector<HTMLMetaElement>('meta[name="csp-nonce"]')?.content ?? '';
}

// Dialogs hold the page still with a style element of their own; the library behind them asks here for the nonce.
setNonce(styleNonce());

const closing = { defaultProps: { closeButtonProps: { 'aria-label': makeWords(currentLocale())('parts.close') } } };
/** The theme with the words that its components say by themselves. */
const spokenTheme = mergeThemeOverrides(
  theme,
  createTheme({ components: { Modal: closing, Drawer: closing, Notification: closing } }),
);

// After an update the pieces of the old client are gone: load the new one, but never in a circle.
window.addEventListener('vite:preloadError', (event) => {
  const last = Number(window.sessionStorage.getItem('rondo.reloaded') ?? 0);
  if (Date.now() - last < 10_000) return;
  window.sessionStorage.setItem('rondo.reloaded', String(Date.now()));
  event.preventDefault();
  window.location.reload();
});

const root = document.getElementById('root');
if (!root) throw new Error('The page has no element with the id “root”.');
createRoot(root).render(
  <StrictMode>
    <MantineProvider
      theme={spokenTheme}
      cssVariablesResolver={cssVariablesResolver}
      defaultColorScheme="auto"
      getStyleNonce={styleNonce}
      deduplicateCssVariables={false}
    >
      <Notifications position="bottom-right" />
      <ErrorBoundary>
        <QueryClientProvider client={queryClient}>
          <App />
        </QueryClientProvider>
      </ErrorBoundary>
    </MantineProvider>
  </StrictMode>,
);
