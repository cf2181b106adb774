import { contracts as c } from './contract/index.ts';
import { defineRead } from './defineOperation.ts';
import { flowSummaries } from './flowRead.ts';
import { reviewSummaries } from './reviews.ts';
import { summaries } from './runs.ts';

const few = 5;
const recent = 6;

export const homeGet = defineRead(c.home.get, async ({ prisma, services }) => {
  const [inboxOpen, waiting, running, failing, schedules, recentFlows, samples] = await Promise.all([
    prisma.review.count({ where: { state: 'open' } }),
    prisma.review.findMany({ where: { state: 'open' }, orderBy: { createdAt: 'asc' }, take: few }),
    prisma.run.findMany({
      where: { state: { in: ['queued', 'running', 'waiting'] } },
      orderBy: { id: 'desc' },
      take: few,
    }),
    prisma.run.findMany({ where: { state: 'failed' }, orderBy: { id: 'desc' }, take: few }),
    prisma.schedule.findMany({
      where: { enabled: true, nextFireAt: { not: null } },
      include: { flow: { select: { name: true } } },
      orderBy: { nextFireAt: 'asc' },
      take: few,
    }),
    flowSummaries(prisma, services.documents, { archived: false, limit: recent }),
    services.samples.all(),
  ]);
  return {
    inboxOpen,
    waiting: await reviewSummaries(prisma, waiting),
    running: await summaries(prisma, running),
    failing: await summaries(prisma, failing),
    nextFires: schedules.flatMap((schedule) =>
      schedule.nextFireAt
        ? [
            {
              scheduleId: schedule.id,
              flowId: schedule.flowId,
              flowName: schedule.flow.name,
              at: schedule.nextFireAt.toISOString(),
            },
          ]
        : [],
    ),
    recentFlows,
    samples: samples.map(({ slug, name, description, steps }) => ({ slug, name, description, steps })),
  };
});
