import { lazy, Suspense } from 'react';
import { Route, Switch } from 'wouter';
import { PageSkeleton } from './parts/Skeletons.tsx';
import { HomePage } from './screens/home/HomePage.tsx';
import { ErrorBoundary } from './shell/ErrorBoundary.tsx';
import { NotFound } from './shell/NotFound.tsx';

// Each screen is its own piece: a reviewer's phone loads the inbox, not the canvas.
const InboxPage = lazy(() => import('./screens/inbox/InboxPage.tsx').then((m) => ({ default: m.InboxPage })));
const FlowsPage = lazy(() => import('./screens/flows/FlowsPage.tsx').then((m) => ({ default: m.FlowsPage })));
const FlowPage = lazy(() => import('./flow/FlowPage.tsx'));
const StartsPage = lazy(() => import('./flow/triggers/StartsPage.tsx').then((m) => ({ default: m.StartsPage })));
const RunsPage = lazy(() => import('./screens/runs/RunsPage.tsx').then((m) => ({ default: m.RunsPage })));
const RunPage = lazy(() => import('./screens/runs/RunPage.tsx').then((m) => ({ default: m.RunPage })));
const SchedulesPage = lazy(() =>
  import('./screens/schedules/SchedulesPage.tsx').then((m) => ({ default: m.SchedulesPage })),
);
const HealthPage = lazy(() => import('./screens/schedules/HealthPage.tsx').then((m) => ({ default: m.HealthPage })));
const LibraryPage = lazy(() => import('./screens/library/LibraryPage.tsx').then((m) => ({ default: m.LibraryPage })));
const NotificationsPage = lazy(() =>
  import('./screens/notifications/NotificationsPage.tsx').then((m) => ({ default: m.NotificationsPage })),
);
const NotificationSettings = lazy(() =>
  import('./screens/notifications/NotificationSettings.tsx').then((m) => ({ default: m.NotificationSettings })),
);
const AdminPage = lazy(() => import('./screens/admin/AdminPage.tsx').then((m) => ({ default: m.AdminPage })));

/** The screen of the present address. */
export function Screens() {
  return (
    <ErrorBoundary>
      <Suspense fallback={<PageSkeleton />}>
        <Switch>
          <Route path="/">
            <HomePage />
          </Route>
          <Route path="/inbox/:id?">{({ id }) => <InboxPage reviewId={id} />}</Route>
          <Route path="/flows">
            <FlowsPage />
          </Route>
          <Route path="/flows/:id/starts">{({ id }) => <StartsPage key={id} flowId={id} />}</Route>
          <Route path="/flows/:id">{({ id }) => <FlowPage key={id} flowId={id} />}</Route>
          <Route path="/runs">
            <RunsPage />
          </Route>
          <Route path="/runs/:id">{({ id }) => <RunPage key={id} runId={id} />}</Route>
          <Route path="/schedules">
            <SchedulesPage />
          </Route>
          <Route path="/schedules/health">
            <HealthPage />
          </Route>
          <Route path="/library">
            <LibraryPage />
          </Route>
          <Route path="/notifications">
            <NotificationsPage />
          </Route>
          <Route path="/notifications/settings">
            <NotificationSettings />
          </Route>
          <Route path="/admin/:tab?">{({ tab }) => <AdminPage tab={tab} />}</Route>
          <Route>
            <NotFound />
          </Route>
        </Switch>
      </Suspense>
    </ErrorBoundary>
  );
}
