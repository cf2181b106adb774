import { advance } from '@rondo/server/engine/advance.ts';
import { StepError } from '@rondo/server/engine/ports.ts';
import type { RunEvent } from '@rondo/shared/runs/events.ts';
import { quoted } from '@rondo/shared/words/said.ts';
import { lightFlow } from './flows.ts';

const refuse = async (): Promise<never> => {
  throw new StepError('NOT_HERE', quoted('Only light steps run here.'));
};
const ports = {
  now: () => new Date(),
  models: { complete: refuse },
  http: { call: refuse },
  sandbox: { template: refuse, formula: refuse, script: refuse },
  serverTool: () => undefined,
  resolve: async () => undefined,
};
const actor = { kind: 'person' as const, id: 'bench', name: 'Bench' };
const flows = new Map([10, 40].map((steps) => [steps, lightFlow(steps)]));

/** What a program posts to the ceiling and to the peer. */
export interface LightRequest {
  /** 10 or 40 */
  steps: number;
  inputs: { name: string };
}

/** Runs a flow of light steps with the product's own interpreter; `append` is what becomes of its events. */
export function runLightSteps({ steps, inputs }: LightRequest, append: (events: readonly RunEvent[]) => Promise<void>) {
  const document = flows.get(steps);
  if (!document) throw new Error(`There is no flow of ${steps} steps.`);
  const started: RunEvent = { kind: 'run_started', at: new Date().toISOString(), actor, trigger: 'http', inputs };
  return advance({
    runId: crypto.randomUUID(),
    document,
    journal: [],
    pending: [started],
    ports,
    append,
    signal: new AbortController().signal,
  });
}
