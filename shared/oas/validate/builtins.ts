import { type Json, type JsonObject, own, ownObject, ownText } from '../json.ts';
import { propertiesOf, titleOf } from '../properties.ts';
import { calledFirst } from './subject.ts';

/** Reports a problem at a field of the component that is looked at. */
export type Report = (code: string, field: string, message: string) => void;

/** The configuration of a built-in tool of ours; one of another product is kept, and cannot be run. */
export function checkBuiltin(component: JsonObject, error: Report, warn: Report): void {
  const type = ownText(component, 'tool_type') ?? '';
  const check = checks.get(type);
  if (check) {
    check(new Look(component, error, warn));
    return;
  }
  warn(
    'OAS-BUILTIN',
    '/tool_type',
    `${calledFirst(component)} is a built-in tool “${type}” that does not exist here: it cannot be run.`,
  );
}

/** One tool's configuration, and how its problems are said. */
class Look {
  readonly configuration: JsonObject;
  readonly #component: JsonObject;
  readonly #error: Report;
  readonly #warn: Report;

  constructor(component: JsonObject, error: Report, warn: Report) {
    this.#component = component;
    this.#error = error;
    this.#warn = warn;
    this.configuration = ownObject(component, 'configuration') ?? {};
  }

  text(field: string): string {
    return ownText(this.configuration, field)?.trim() ?? '';
  }

  /** Is the value an input of the step, so that the configuration need not say it? */
  isInput(title: string): boolean {
    return propertiesOf(own(this.#component, 'inputs')).some((input) => titleOf(input) === title);
  }

  wrong(code: string, field: string, words: string): void {
    this.#error(code, field === '' ? '/configuration' : `/configuration/${field}`, `${this.name} ${words}.`);
  }

  /** What a step that was just drawn may still lack. */
  lacks(code: string, field: string, words: string): void {
    this.#warn(code, `/configuration/${field}`, `${this.name} ${words}.`);
  }

  get name(): string {
    return calledFirst(this.#component);
  }
}

const checks = new Map<string, (look: Look) => void>([
  ['rondo.formula', (look) => needs(look, 'expression', 'has no formula yet')],
  ['rondo.script', (look) => needs(look, 'code', 'has no code yet')],
  ['rondo.wait', checkWait],
  ['rondo.callback_address', () => undefined],
  ['rondo.run_flow', checkRunFlow],
  ['rondo.read_file', (look) => needsValue(look, 'file', 'names no file to read')],
  ['rondo.write_file', (look) => needsValue(look, 'name', 'has no name for its file')],
]);

function needs(look: Look, field: string, words: string): void {
  if (look.text(field) === '') look.wrong('OAS-BUILTIN-EMPTY', '', words);
}

function needsValue(look: Look, field: string, words: string): void {
  if (!look.isInput(field) && look.text(field) === '') look.wrong('OAS-BUILTIN-EMPTY', '', words);
}

function checkRunFlow(look: Look): void {
  if (look.text('flow') === '') look.lacks('OAS-BUILTIN-EMPTY', 'flow', 'names no flow to run yet');
  const detached = own(look.configuration, 'detached');
  if (detached !== undefined && detached !== null && typeof detached !== 'boolean')
    look.wrong('OAS-BUILTIN-RUN', 'detached', 'must say by true or false whether it waits for the run');
}

function checkWait(look: Look): void {
  const code = 'OAS-BUILTIN-WAIT';
  const { configuration } = look;
  const mode = own(configuration, 'mode') ?? 'for';
  switch (mode) {
    case 'for':
      if (!look.isInput('seconds') && !isSeconds(own(configuration, 'seconds')))
        look.wrong(code, 'seconds', 'must say how many seconds it waits');
      break;
    case 'until': {
      const until = look.text('until');
      if (until.includes('{{') || (until === '' && look.isInput('until'))) break;
      if (Number.isNaN(Date.parse(until)))
        look.wrong(code, 'until', 'must say until when it waits, like 2026-12-24T18:00:00+01:00');
      break;
    }
    case 'event':
      if (look.text('event') === '') look.wrong(code, 'event', 'must name the event that it waits for');
      break;
    case 'webhook':
      break;
    default:
      look.wrong(code, 'mode', `waits in a way that is not known here: it can be for, until, event or webhook`);
  }
  const timeout = own(configuration, 'timeoutSeconds');
  if (timeout !== undefined && timeout !== null && !isSeconds(timeout))
    look.wrong(code, 'timeoutSeconds', 'must have a number of seconds as its time-out');
}

/** A number of seconds, ten years at most, or a template that gives one. */
function isSeconds(value: Json | undefined): boolean {
  if (typeof value === 'string') return value.includes('{{');
  return typeof value === 'number' && value >= 0 && value <= 315_360_000;
}
