import { useEffect, useState } from 'react';
import { Redirect, Route, Switch, useLocation, useRouter } from 'wouter';
import { desktopBridge } from './api/bridge.ts';
import { useLiveChanges } from './api/live.ts';
import { useRead } from './api/queries.ts';
import { useToldLanguage } from './api/useToldLanguage.ts';
import { ErrorState } from './parts/ErrorState.tsx';
import { PageSkeleton } from './parts/Skeletons.tsx';
import { loadAhead, Screens } from './Screens.tsx';
import { InvitePage } from './screens/entry/InvitePage.tsx';
import { SetupPage } from './screens/entry/SetupPage.tsx';
import { SignInPage } from './screens/entry/SignInPage.tsx';
import { StartPage } from './screens/start/StartPage.tsx';
import { Shell } from './shell/Shell.tsx';

/** The whole client: who may see what first (set up, invitation, sign in), then the shell with its screens. */
export function App() {
  const [location, navigate] = useLocation();
  useEffect(() => desktopBridge()?.onNavigate((path) => navigate(path)), [navigate]);
  return (
    <Switch>
      <Route path="/invite/:token">{({ token }) => <InvitePage token={token} />}</Route>
      <Route path="/start/:token">{({ token }) => <StartPage key={token} token={token} />}</Route>
      <Route path="/sign-in">
        <SignInPage />
      </Route>
      <Route path="/setup">
        <SetupPage />
      </Route>
      <Route>
        <SignedIn location={location} />
      </Route>
    </Switch>
  );
}

/** Draws nothing: what it does begins when somebody is signed in. */
function ToldLanguage() {
  useToldLanguage();
  return null;
}

/** Everything behind the sign-in. Without a session it leads there, and remembers where one wanted to go. */
function SignedIn({ location }: { location: string }) {
  const { parser } = useRouter();
  // once, where the client is opened; afterwards the screens load as they are drawn
  useState(() => loadAhead(parser, location));
  const status = useRead('setup', 'status', {});
  const me = useRead('me', 'get', {}, { enabled: status.data?.needsOwner === false });
  useLiveChanges(me.data !== undefined);
  if (status.data?.needsOwner) return <Redirect to="/setup" replace />;
  if (me.error?.code === 'UNAUTHENTICATED') {
    return <Redirect to={location === '/' ? '/sign-in' : `/sign-in?next=${encodeURIComponent(location)}`} replace />;
  }
  const error = status.error ?? me.error;
  if (error && !me.data) {
    return <ErrorState error={error} onAgain={() => void (status.error ? status.refetch() : me.refetch())} whole />;
  }
  if (!me.data) return <PageSkeleton />;
  return (
    <Shell>
      <ToldLanguage />
      <Screens />
    </Shell>
  );
}
