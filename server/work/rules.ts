import type { RunTrigger } from '@rondo/shared/runs/events.ts';
import {
  defaultStartKeyHours,
  type FlowLimits,
  type FlowSettings,
  type RunPriority,
  type WorkspaceSettings,
} from '@rondo/shared/runs/settings.ts';
import type { Pool, PoolClient } from 'pg';
import { keepNewest } from '../newest.ts';

/** How the runs of a flow are governed, the workspace's settings taken into account. */
export interface RunRules {
  /** the flow, or the whole queue, is paused */
  paused: boolean;
  /** undefined = none */
  limits: FlowLimits | undefined;
  priority: RunPriority;
  /** seconds; undefined = none */
  timeLimit: number | undefined;
  startKeyHours: number;
}

const read = {
  name: 'rondo_rules',
  text: `SELECT (SELECT settings FROM flow WHERE id = $1) AS flow, (SELECT settings FROM workspace) AS workspace,
           EXISTS (SELECT 1 FROM workspace WHERE queue_paused_at IS NOT NULL)
             OR EXISTS (SELECT 1 FROM flow WHERE id = $1 AND paused_at IS NOT NULL) AS paused`,
};

/** The rules of a flow as they stand now; null = a run without a flow. */
export async function rulesOf(source: Pool | PoolClient, flowId: string | null): Promise<RunRules> {
  const { rows } = await source.query<{ flow: string | null; workspace: string | null; paused: boolean }>({
    ...read,
    values: [flowId],
  });
  const row = rows[0];
  const flow: FlowSettings = JSON.parse(row?.flow ?? '{}');
  const workspace: WorkspaceSettings = JSON.parse(row?.workspace ?? '{}');
  return {
    paused: row?.paused ?? false,
    limits: isLimited(flow.limits) ? flow.limits : undefined,
    priority: flow.priority ?? 'normal',
    timeLimit: flow.runTimeLimitSeconds ?? workspace.runTimeLimitSeconds,
    startKeyHours: workspace.startKeyHours ?? defaultStartKeyHours,
  };
}

/** Does anything here keep runs back? */
export function isLimited(limits: FlowLimits | undefined): boolean {
  return (
    limits?.atOnce !== undefined ||
    limits?.perMinute !== undefined ||
    (limits?.atOncePerKey !== undefined && limits.key !== undefined && limits.key !== '')
  );
}

/** How long the rules of a flow may be believed: a change in another process counts after that. */
const believedFor = 500;
const mostKept = 256;

/** Rules by flow, kept for a moment: a start must not pay for a look at them. */
export class KeptRules {
  readonly #pool: Pool;
  readonly #kept = new Map<string | null, { rules: Promise<RunRules>; until: number }>();

  constructor(pool: Pool) {
    this.#pool = pool;
  }

  get(flowId: string | null): Promise<RunRules> {
    const known = this.#kept.get(flowId);
    if (known && known.until > performance.now()) return known.rules;
    const rules = rulesOf(this.#pool, flowId);
    keepNewest(this.#kept, flowId, { rules, until: performance.now() + believedFor }, mostKept);
    rules.catch(() => this.#kept.delete(flowId));
    return rules;
  }

  forget(): void {
    this.#kept.clear();
  }
}

/** Somebody, or a program, waits for runs that these start; the rest was asked for by nobody who looks at a clock. */
const waitedFor: ReadonlySet<RunTrigger> = new Set([
  'manual',
  'test',
  'part',
  'check',
  'mcp',
  'http',
  'cli',
  'form',
  'parent',
]);
const ranks: Record<RunPriority, number> = { low: -10, normal: 0, high: 10 };

/** The rank of a run among those that are queued: higher goes first. */
export function rankOf(rules: RunRules, trigger: RunTrigger): number {
  return ranks[rules.priority] + (waitedFor.has(trigger) ? 5 : 0);
}
