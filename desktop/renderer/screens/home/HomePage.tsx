import { useSampleLanguage } from '../templates/useSampleLanguage.ts';
import './home.css';
import { useRead } from '../../api/queries.ts';
import { ErrorState } from '../../parts/ErrorState.tsx';
import { PageSkeleton } from '../../parts/Skeletons.tsx';
import { useNow } from '../../parts/useNow.ts';
import { TeamHome } from './TeamHome.tsx';
import { Welcome } from './Welcome.tsx';

/** The first page: what is going on, or, while nothing has been run or drawn, how to begin. */
export function HomePage() {
  const home = useRead('home', 'get', { since: startOfYesterday(useNow()), ...useSampleLanguage() });
  if (home.error && !home.data) return <ErrorState error={home.error} onAgain={() => void home.refetch()} whole />;
  if (!home.data) return <PageSkeleton />;
  const { recentFlows, waiting, running, failing } = home.data;
  const sampleNames = new Set(home.data.samples.map((sample) => sample.name));
  // a workspace is set up with the samples in it: until something of one's own is there or has run, it is new
  const untouched = recentFlows.every(
    (flow) => sampleNames.has(flow.name) && flow.lastRun === null && flow.draftSeq === 0,
  );
  const fresh = untouched && waiting.length + running.length + failing.length === 0;
  return fresh ? <Welcome home={home.data} /> : <TeamHome home={home.data} />;
}

/** When yesterday began by the viewer's clock. */
function startOfYesterday(now: Date): string {
  return new Date(now.getFullYear(), now.getMonth(), now.getDate() - 1).toISOString();
}
