import { parentPort } from 'node:worker_threads';
import { evaluateFormula } from '@rondo/shared/formula/evaluate.ts';
import { troubleOf } from '@rondo/shared/formula/trouble.ts';
import type { Json } from '@rondo/shared/oas/json.ts';
import { CodeTrouble } from './codeTrouble.ts';
import type { SandboxAnswer, SandboxReason, SandboxTask } from './protocol.ts';
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
    return { id: task.id, ok: false, reason: reasonOf(task, error) };
  }
}

/** Why user code failed. No text is loaded for it here: a thread has to begin at once. */
function reasonOf(task: SandboxTask, error: unknown): SandboxReason {
  if (error instanceof CodeTrouble) return { text: error.text };
  const trouble = troubleOf(error);
  return task.kind === 'formula' ? { trouble } : trouble.message;
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
