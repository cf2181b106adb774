import type { TextOf } from '../../words/englishTexts.ts';
import type { SaidValues } from '../../words/said.ts';
import { type Json, type JsonObject, own, ownObject, ownText } from '../json.ts';
import type { ErrorCode, WarningCode } from '../problemCodes.ts';
import { propertiesOf, titleOf } from '../properties.ts';
import { called } from './subject.ts';

/** Reports an error at a field of the component that is looked at. */
export type Report = (text: TextOf<ErrorCode>, field: string, values?: SaidValues) => void;
/** The same for a warning. */
export type Warn = (text: TextOf<WarningCode>, field: string, values?: SaidValues) => void;

/** The configuration of a built-in tool of ours; one of another product is kept, and cannot be run. */
export function checkBuiltin(component: JsonObject, error: Report, warn: Warn): void {
  const type = ownText(component, 'tool_type') ?? '';
  const check = checks.get(type);
  if (check) {
    check(new Look(component, error, warn));
    return;
  }
  warn('OAS-BUILTIN', '/tool_type', { component: called(component), type });
}

/** One tool's configuration, and how its problems are said. */
class Look {
  readonly configuration: JsonObject;
  readonly #component: JsonObject;
  readonly #error: Report;
  readonly #warn: Warn;

  constructor(component: JsonObject, error: Report, warn: Warn) {
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

  wrong(text: TextOf<ErrorCode>, field: string): void {
    const place = field === '' ? '/configuration' : `/configuration/${field}`;
    this.#error(text, place, { component: called(this.#component) });
  }

  /** What a step that was just drawn may still lack. */
  lacks(text: TextOf<WarningCode>, field: string): void {
    this.#warn(text, `/configuration/${field}`, { component: called(this.#component) });
  }
}

const checks = new Map<string, (look: Look) => void>([
  ['rondo.formula', (look) => needs(look, 'expression', 'OAS-BUILTIN-EMPTY.formula')],
  ['rondo.script', (look) => needs(look, 'code', 'OAS-BUILTIN-EMPTY.code')],
  ['rondo.wait', checkWait],
  ['rondo.callback_address', () => undefined],
  ['rondo.run_flow', checkRunFlow],
  ['rondo.read_file', (look) => needsValue(look, 'file', 'OAS-BUILTIN-EMPTY.read')],
  ['rondo.write_file', (look) => needsValue(look, 'name', 'OAS-BUILTIN-EMPTY.write')],
]);

function needs(look: Look, field: string, text: TextOf<'OAS-BUILTIN-EMPTY'>): void {
  if (look.text(field) === '') look.wrong(text, '');
}

function needsValue(look: Look, field: string, text: TextOf<'OAS-BUILTIN-EMPTY'>): void {
  if (!look.isInput(field) && look.text(field) === '') look.wrong(text, '');
}

function checkRunFlow(look: Look): void {
  if (look.text('flow') === '') look.lacks('OAS-BUILTIN-EMPTY.flow', 'flow');
  const detached = own(look.configuration, 'detached');
  if (detached !== undefined && detached !== null && typeof detached !== 'boolean')
    look.wrong('OAS-BUILTIN-RUN', 'detached');
}

function checkWait(look: Look): void {
  const { configuration } = look;
  const mode = own(configuration, 'mode') ?? 'for';
  switch (mode) {
    case 'for':
      if (!look.isInput('seconds') && !isSeconds(own(configuration, 'seconds')))
        look.wrong('OAS-BUILTIN-WAIT.seconds', 'seconds');
      break;
    case 'until': {
      const until = look.text('until');
      if (until.includes('{{') || (until === '' && look.isInput('until'))) break;
      if (Number.isNaN(Date.parse(until))) look.wrong('OAS-BUILTIN-WAIT.until', 'until');
      break;
    }
    case 'event':
      if (look.text('event') === '') look.wrong('OAS-BUILTIN-WAIT.event', 'event');
      break;
    case 'webhook':
      break;
    default:
      look.wrong('OAS-BUILTIN-WAIT.mode', 'mode');
  }
  const timeout = own(configuration, 'timeoutSeconds');
  if (timeout !== undefined && timeout !== null && !isSeconds(timeout))
    look.wrong('OAS-BUILTIN-WAIT.timeout', 'timeoutSeconds');
}

/** A number of seconds, ten years at most, or a template that gives one. */
function isSeconds(value: Json | undefined): boolean {
  if (typeof value === 'string') return value.includes('{{');
  return typeof value === 'number' && value >= 0 && value <= 315_360_000;
}
