import type { Json, JsonObject } from '@rondo/shared/oas/json.ts';
import { getQuickJS, type QuickJSWASMModule, shouldInterruptAfterDeadline } from 'quickjs-emscripten';
import { CodeTrouble } from './codeTrouble.ts';

let loading: Promise<QuickJSWASMModule> | undefined;

const memoryBytes = 32 * 1024 * 1024;
/** More than this overflows the host's stack before QuickJS notices. */
const stackBytes = 256 * 1024;

/**
 * Runs a JavaScript body in QuickJS: the inputs are variables, what it returns comes out as JSON. It sees no host
 * object, no network and no clock but its own Date.
 */
export async function runScript(source: string, values: JsonObject, milliseconds: number): Promise<Json> {
  loading ??= getQuickJS();
  const runtime = (await loading).newRuntime();
  try {
    runtime.setMemoryLimit(memoryBytes);
    runtime.setMaxStackSize(stackBytes);
    runtime.setInterruptHandler(shouldInterruptAfterDeadline(Date.now() + milliseconds));
    const context = runtime.newContext();
    try {
      const names = Object.keys(values).filter((name) => /^[A-Za-z_$][\w$]*$/.test(name));
      const given = context.newString(JSON.stringify(values));
      context.setProp(context.global, '__inputs', given);
      given.dispose();
      const code = `(() => { const inputs = JSON.parse(__inputs); delete globalThis.__inputs; const { ${names.join(', ')} } = inputs;
const value = ((inputs) => {\n${source}\n})(inputs); return value === undefined ? 'null' : JSON.stringify(value) ?? 'null'; })()`;
      const result = context.evalCode(code, 'script.js');
      if (result.error) {
        const error: unknown = context.dump(result.error);
        result.error.dispose();
        throw isInterrupted(error) ? new CodeTrouble('code.slow') : new Error(describe(error));
      }
      const text = context.getString(result.value);
      result.value.dispose();
      return JSON.parse(text) as Json;
    } finally {
      context.dispose();
    }
  } finally {
    runtime.dispose();
  }
}

function isInterrupted(error: unknown): boolean {
  return typeof error === 'object' && error !== null && 'message' in error && error.message === 'interrupted';
}

function describe(error: unknown): string {
  if (typeof error !== 'object' || error === null) return String(error);
  const name = 'name' in error ? String(error.name) : 'Error';
  const message = 'message' in error ? String(error.message) : '';
  return `${name}: ${message}`;
}
