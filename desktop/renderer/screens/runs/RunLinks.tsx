import { Link } from 'wouter';
import type { Outputs } from '../../api/queries.ts';
import { useT } from '../../messages/useT.ts';
import { StateDot } from '../../parts/StateBadge.tsx';

type Run = Outputs['run']['get'];
type RunLink = Run['children'][number];

/** The runs that belong to a run: which it tries again, what tries it again, what started it, what it started. */
export function RunLinks({ run }: { run: Run }) {
  const t = useT();
  const groups: { title: string; links: RunLink[] }[] = [
    { title: t('runs.links.retryOf'), links: run.retryOf ? [run.retryOf] : [] },
    { title: t('runs.links.retries'), links: run.retries },
    { title: t('runs.links.parent'), links: run.parent ? [run.parent] : [] },
    { title: t('runs.links.children'), links: run.children },
  ].filter(({ links }) => links.length > 0);
  if (groups.length === 0) return null;
  return (
    <section className="run-links" aria-label={t('runs.links.title')}>
      {groups.map(({ title, links }) => (
        <div key={title}>
          <h2>{title}</h2>
          <ul>
            {links.map((link) => (
              <li key={link.runId}>
                <Link href={`/runs/${link.runId}`}>
                  {t('runs.links.run', { flow: link.flowName, number: link.number })}
                </Link>{' '}
                <StateDot state={link.state} />
              </li>
            ))}
          </ul>
        </div>
      ))}
    </section>
  );
}
