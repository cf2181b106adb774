/**
 * What the machine could do at best: a server that only answers HTTP and runs the steps, with nothing stored. A process
 * of its own, like the real one. Prints its address.
 */
import { advance } from '@rondo/server/engine/advance.ts';
import { StepError } from '@rondo/server/engine/ports.ts';
import type { RunEvent } from '@rondo/shared/runs/events.ts';
import fastify from 'fastify';
import { lightFlow } from './flows.ts';

const refuse = async (): Promise<never> => {
  throw new StepError('NOT_HERE', 'The ceiling has light steps only.');
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

const app = fastify({ bodyLimit: 1_000_000 });
app.post<{ Body: { steps: number; inputs: { name: string } } }>('/', async ({ body }) => {
  const document = flows.get(body.steps);
  if (!document) throw new Error(`There is no flow of ${body.steps} steps.`);
  const started: RunEvent = {
    kind: 'run_started',
    at: new Date().toISOString(),
    actor,
    trigger: 'http',
    inputs: body.inputs,
  };
  return advance({
    runId: crypto.randomUUID(),
    document,
    journal: [],
    pending: [started],
    ports,
    append: async () => undefined,
    signal: new AbortController().signal,
  });
});
console.log(await app.listen({ host: '127.0.0.1', port: 0 }));
