import type { WorkspaceSettings } from '@rondo/shared/runs/settings.ts';
import { said } from '@rondo/shared/words/said.ts';
import { contracts as c } from './contract/index.ts';
import { defineRead, defineWrite } from './defineOperation.ts';
import { OperationError } from './errors.ts';
import { measured } from './removal.ts';
import { type Due, dueRuns, flowsWithOwn } from './retentionSweep.ts';

export const retentionGet = defineRead(c.retention.get, async ({ prisma }) => {
  const row = await prisma.workspace.findUnique({ where: { id: 'workspace' }, select: { settings: true } });
  const settings = JSON.parse(row?.settings ?? '{}') as WorkspaceSettings;
  return { retention: settings.retention ?? {} };
});

export const retentionSet = defineWrite(
  c.retention.set,
  (input) => ({ kind: 'workspace', id: 'workspace', details: { retention: JSON.stringify(input.retention) } }),
  async ({ tx }, { retention }) => {
    const { valuesDays, journalDays } = retention;
    if (typeof valuesDays === 'number' && typeof journalDays === 'number' && valuesDays > journalDays)
      throw new OperationError('INVALID', said('refused.retention'));
    const rows = await tx.$queryRaw<{ settings: string }[]>`
      SELECT settings FROM workspace WHERE id = 'workspace' FOR UPDATE`;
    const settings = JSON.parse(rows[0]?.settings ?? '{}') as WorkspaceSettings;
    await tx.workspace.update({
      where: { id: 'workspace' },
      data: { settings: JSON.stringify({ ...settings, retention }) },
    });
    return {};
  },
);

const mostMeasured = 1_000_000;

export const retentionPreview = defineRead(c.retention.preview, async ({ services }, input) => {
  const { pool } = services.store;
  const of = async (what: Due['what'], days: number | undefined, held = false): Promise<string[]> => {
    if (days === undefined) return [];
    const flows = input.flowId === undefined ? { but: await flowsWithOwn(pool) } : { only: input.flowId };
    return dueRuns(pool, { what, days, flows, held, after: null, limit: mostMeasured });
  };
  const going = await of('journal', input.journalDays);
  const gone = new Set(going);
  const values = (await of('values', input.valuesDays)).filter((runId) => !gone.has(runId));
  const held = new Set([
    ...(await of('values', input.valuesDays, true)),
    ...(await of('journal', input.journalDays, true)),
  ]);
  return { values: await measured(pool, values), runs: await measured(pool, going), held: held.size };
});
