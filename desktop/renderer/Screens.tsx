import { Suspense } from 'react';
import { matchRoute, Route, Switch, type useRouter } from 'wouter';
import { readAhead } from './api/queries.ts';
import { type LazyPart, LoadedPart, lazyPart } from './lazyPart.tsx';
import { withTexts } from './messages/language.ts';
import { PageSkeleton } from './parts/Skeletons.tsx';
import { ErrorBoundary } from './shell/ErrorBoundary.tsx';
import { NotFound } from './shell/NotFound.tsx';

type Params = Record<string, string | undefined>;

interface Place {
  path: string;
  draw(params: Params): React.ReactNode;
  /** loads what the place needs before it is drawn */
  ahead(params: Params): void;
}

/**
 * A place of the client: its address, its screen, and what of the address the screen is told. The part named by `own`
 * makes a screen of its own: another value there is drawn anew.
 */
function place<P extends object>(
  path: string,
  screen: LazyPart<P>,
  props: (params: Params) => P,
  { own, ahead }: { own?: string; ahead?: (params: Params) => void } = {},
): Place {
  return {
    path,
    draw: (params) => <LoadedPart key={own && params[own]} part={screen} props={props(params)} />,
    ahead: (params) => {
      void screen.load().catch(() => undefined);
      ahead?.(params);
    },
  };
}

const none = () => ({});
const id = (params: Params) => params.id ?? '';

// Each screen is its own piece, with its texts: a reviewer's phone loads the inbox, not the canvas.
const places: readonly Place[] = [
  place(
    '/',
    lazyPart(() => withTexts(['said'], import('./screens/home/HomePage.tsx')).then((m) => m.HomePage)),
    none,
  ),
  place(
    '/inbox/:id?',
    lazyPart(() => import('./screens/inbox/InboxPage.tsx').then((m) => m.InboxPage)),
    (params) => ({ reviewId: params.id }),
  ),
  place(
    '/flows',
    lazyPart(() => withTexts(['said'], import('./screens/flows/FlowsPage.tsx')).then((m) => m.FlowsPage)),
    none,
  ),
  place(
    '/flows/templates/:sample?',
    lazyPart(() =>
      withTexts(['editor', 'said'], import('./screens/templates/TemplatesPage.tsx')).then((m) => m.TemplatesPage),
    ),
    (params) => ({ sample: params.sample }),
  ),
  place(
    '/flows/:id/starts',
    lazyPart(() => withTexts(['triggers', 'said'], import('./flow/triggers/StartsPage.tsx')).then((m) => m.StartsPage)),
    (params) => ({ flowId: id(params) }),
    { own: 'id' },
  ),
  place(
    '/flows/:id/versions',
    lazyPart(() => withTexts(['editor', 'said'], import('./versions/VersionsPage.tsx')).then((m) => m.VersionsPage)),
    (params) => ({ flowId: id(params) }),
    { own: 'id' },
  ),
  place(
    '/flows/:id/words',
    lazyPart(() => withTexts(['editor', 'said'], import('./pictures/WordsPage.tsx')).then((m) => m.WordsPage)),
    (params) => ({ flowId: id(params) }),
    { own: 'id' },
  ),
  place(
    '/flows/:id',
    lazyPart(() => withTexts(['editor', 'triggers', 'said'], import('./flow/FlowPage.tsx')).then((m) => m.FlowPage)),
    (params) => ({ flowId: id(params) }),
    {
      own: 'id',
      ahead: (params) => {
        readAhead('flow', 'state', { flowId: id(params) });
        readAhead('flow', 'get', { flowId: id(params) });
      },
    },
  ),
  place(
    '/runs',
    lazyPart(() => withTexts(['runs', 'said'], import('./screens/runs/RunsPage.tsx')).then((m) => m.RunsPage)),
    none,
  ),
  place(
    '/runs/compare',
    lazyPart(() =>
      withTexts(['editor', 'runs', 'said'], import('./screens/runs/compare/ComparePage.tsx')).then(
        (m) => m.ComparePage,
      ),
    ),
    none,
  ),
  place(
    '/runs/:id',
    lazyPart(() => withTexts(['editor', 'runs', 'said'], import('./screens/runs/RunPage.tsx')).then((m) => m.RunPage)),
    (params) => ({ runId: id(params) }),
    { own: 'id' },
  ),
  place(
    '/schedules',
    lazyPart(() =>
      withTexts(['schedules', 'said'], import('./screens/schedules/SchedulesPage.tsx')).then((m) => m.SchedulesPage),
    ),
    none,
  ),
  place(
    '/schedules/health',
    lazyPart(() =>
      withTexts(['schedules', 'said'], import('./screens/schedules/HealthPage.tsx')).then((m) => m.HealthPage),
    ),
    none,
  ),
  place(
    '/library/:tab?',
    lazyPart(() => withTexts(['library'], import('./screens/library/LibraryPage.tsx')).then((m) => m.LibraryPage)),
    (params) => ({ tab: params.tab }),
  ),
  place(
    '/help/words',
    lazyPart(() => withTexts(['editor'], import('./screens/help/WordsPage.tsx')).then((m) => m.WordsPage)),
    none,
  ),
  place(
    '/notifications',
    lazyPart(() =>
      withTexts(['notifications', 'said'], import('./screens/notifications/NotificationsPage.tsx')).then(
        (m) => m.NotificationsPage,
      ),
    ),
    none,
  ),
  place(
    '/notifications/settings',
    lazyPart(() =>
      withTexts(['notifications', 'said'], import('./screens/notifications/NotificationSettings.tsx')).then(
        (m) => m.NotificationSettings,
      ),
    ),
    none,
  ),
  place(
    '/admin/:tab?',
    lazyPart(() => withTexts(['admin', 'library'], import('./screens/admin/AdminPage.tsx')).then((m) => m.AdminPage)),
    (params) => ({ tab: params.tab }),
  ),
];

/** Begins to load what the screen at an address needs, while it is still asked who is signed in. */
export function loadAhead(parser: ReturnType<typeof useRouter>['parser'], address: string): void {
  for (const one of places) {
    const [matches, params] = matchRoute(parser, one.path, address);
    if (matches) {
      one.ahead(params);
      return;
    }
  }
}

/** The screen of the present address. */
export function Screens() {
  return (
    <ErrorBoundary>
      <Suspense fallback={<PageSkeleton />}>
        <Switch>
          {places.map((one) => (
            <Route key={one.path} path={one.path}>
              {(params: Params) => one.draw(params)}
            </Route>
          ))}
          <Route>
            <NotFound />
          </Route>
        </Switch>
      </Suspense>
    </ErrorBoundary>
  );
}
