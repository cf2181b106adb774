import type { TimetableKind } from '@rondo/shared/runs/timetable/timetable.ts';
import { contracts as c } from './contract/index.ts';
import type { RunSummary } from './contract/run.ts';
import { wordsOf } from './cron.ts';
import { defineRead } from './defineOperation.ts';
import type { Documents } from './documents.ts';
import { OperationError } from './errors.ts';
import { flowPage } from './flowList.ts';
import { failingFlows, recentRuns } from './homeRuns.ts';
import { longestWaiting, openFor } from './reviewList.ts';
import { summaries } from './runs.ts';
import { stepSigns } from './stepSigns.ts';

const few = 5;
const recent = 6;

export const homeGet = defineRead(c.home.get, async ({ caller, prisma, services }, input) => {
  const since = input.since ?? new Date(services.now().getTime() - 86_400_000).toISOString();
  const [inboxOpen, waiting, running, failing, schedules, { flows: recentFlows }, samples] = await Promise.all([
    openFor(services.store.pool, caller),
    longestWaiting({ prisma, services }, caller, few),
    prisma.run.findMany({
      where: { state: { in: ['queued', 'running', 'waiting'] } },
      orderBy: { id: 'desc' },
      take: few,
    }),
    failingFlows(services.store.pool, since, few),
    prisma.schedule.findMany({
      where: { enabled: true, nextFireAt: { not: null } },
      include: { flow: { select: { name: true } } },
      orderBy: { nextFireAt: 'asc' },
      take: few,
    }),
    flowPage(services, { limit: recent }),
    services.samples.all(),
  ]);
  return {
    inboxOpen,
    waiting,
    running: await withSteps(services.documents, running, await summaries(prisma, running)),
    failing,
    nextFires: schedules.flatMap((schedule) =>
      schedule.nextFireAt
        ? [
            {
              scheduleId: schedule.id,
              flowId: schedule.flowId,
              flowName: schedule.flow.name,
              at: schedule.nextFireAt.toISOString(),
              words: wordsOf({ ...schedule, kind: schedule.kind as TimetableKind }),
              kind: schedule.kind as TimetableKind,
              cron: schedule.cron,
              everySeconds: schedule.everySeconds,
              anchorAt: schedule.anchorAt?.toISOString() ?? null,
              timeZone: schedule.timeZone,
              firstDay: schedule.firstDay,
              lastDay: schedule.lastDay,
            },
          ]
        : [],
    ),
    recentFlows,
    recentRuns: await recentRuns(
      services.store.pool,
      recentFlows.map((flow) => flow.id),
    ),
    samples: samples.map(({ slug, name, description, steps }) => ({ slug, name, description, steps })),
  };
});

/** Runs with how many steps each has to do: what it begins with and ends with are steps too. */
async function withSteps(
  documents: Documents,
  rows: readonly { id: string; documentHash: string }[],
  runs: readonly RunSummary[],
): Promise<(RunSummary & { steps: number | null })[]> {
  const hashes = new Map(rows.map((row) => [row.id, row.documentHash]));
  return Promise.all(runs.map(async (run) => ({ ...run, steps: await stepsOf(documents, hashes.get(run.id) ?? '') })));
}

async function stepsOf(documents: Documents, hash: string): Promise<number | null> {
  try {
    return stepSigns(await documents.byHash(hash)).length;
  } catch (error) {
    if (error instanceof OperationError && error.code === 'NOT_FOUND') return null;
    throw error;
  }
}
