import { parentPort } from 'node:worker_threads';
import { evaluateFormula } from '@rondo/shared/formula/evaluate.ts';
import type { Json } from '@rondo/shared/oas/json.ts';
import type { SandboxAnswer, SandboxTask } from './protocol.ts';
import { runScript } from './script.ts';
import { renderTemplate } from './template.ts';

const port = parentPort;
if (!port) throw new Error('The sandbox worker runs in a worker thread.');

port.on('message', (task: SandboxTask) => {
  answer(task).then((message) => port.postMessage(message));
});

async function answer(task: SandboxTask): Promise<SandboxAnswer> {
  try {
    return { id: task.id, ok: true, value: await run(task) };
  } catch (error) {
    const message = error instanceof Error ? error.message : hasMessage(error) ? String(error.message) : String(error);
    return { id: task.id, ok: false, message };
  }
}

/** JSONata throws plain objects. */
function hasMessage(error: unknown): error is { message: unknown } {
  return typeof error === 'object' && error !== null && 'message' in error;
}

async function run(task: SandboxTask): Promise<Json> {
  switch (task.kind) {
    case 'template':
      return renderTemplate(task.source, task.values);
    case 'formula':
      return evaluateFormula(task.source, task.values, task.milliseconds);
    case 'script':
      return runScript(task.source, task.values, task.milliseconds);
  }
}
