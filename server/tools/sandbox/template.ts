import type { JsonObject } from '@rondo/shared/oas/json.ts';
import { CodeTrouble } from './codeTrouble.ts';
import { Environment, Interpreter, parse, tokenize } from './jinja.ts';

/** The interpreter names these itself, and stops at a value of the same name. */
const reserved = new Set(['range', 'namespace', 'none', 'true', 'false', 'True', 'False', 'None']);

/** More evaluations than this are an endless loop. */
const maxEvaluations = 2_000_000;

class CountingInterpreter extends Interpreter {
  #count = 0;
  override evaluate(statement: unknown, environment: unknown): unknown {
    if (++this.#count > maxEvaluations) throw new CodeTrouble('code.manySteps');
    return super.evaluate(statement, environment);
  }
}

/** Renders a Jinja template by interpreting it: nothing of it becomes code of the host. */
export function renderTemplate(source: string, values: JsonObject): string {
  const program = parse(tokenize(source, { trim_blocks: false, lstrip_blocks: false }));
  const environment = new Environment();
  for (const [name, constant] of Object.entries({
    true: true,
    false: false,
    True: true,
    False: false,
    none: null,
    None: null,
  }))
    environment.set(name, constant);
  for (const [name, value] of Object.entries(values)) if (!reserved.has(name)) environment.set(name, value);
  return String(new CountingInterpreter(environment).run(program).value ?? '');
}
