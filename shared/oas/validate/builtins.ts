import { isObject, type Json, type JsonObject, own, ownText } from '../json.ts';

/** Says what is wrong at a place of the component. */
type Report = (code: string, place: string, message: string) => void;

/** What the configuration of each of our built-in tools must hold. Each says what is missing. */
const checks: Record<string, (configuration: JsonObject, error: Report, name: string, warn: Report) => void> = {
  'rondo.formula': (configuration, error, name) => needsText(configuration, 'expression', 'formula', error, name),
  'rondo.script': (configuration, error, name) => needsText(configuration, 'code', 'code', error, name),
  'rondo.wait': checkWait,
  'rondo.callback_address': () => undefined,
  'rondo.run_flow': (configuration, _error, name, warn) => {
    if (!ownText(configuration, 'flow')?.trim())
      warn('OAS-BUILTIN-EMPTY', '/configuration/flow', `${name} names no flow to run yet.`);
  },
  'rondo.read_file': () => undefined,
  'rondo.write_file': () => undefined,
};

/** Names of the built-in tools that this program has. */
export function isOwnBuiltin(type: string): boolean {
  return Object.hasOwn(checks, type);
}

/** @param name the tool as a message begins with it */
export function checkConfiguration(
  type: string,
  configuration: JsonObject,
  { error, warn }: { error: Report; warn: Report },
  name: string,
): void {
  checks[type]?.(configuration, error, name, warn);
}

function needsText(configuration: JsonObject, field: string, word: string, error: Report, name: string): void {
  if (!ownText(configuration, field)?.trim())
    error('OAS-BUILTIN-EMPTY', '/configuration', `${name} has no ${word} yet.`);
}

function checkWait(configuration: JsonObject, error: Report, name: string): void {
  const at = (field: string) => `/configuration/${field}`;
  const mode = ownText(configuration, 'mode') ?? 'for';
  const text = (field: string) => ownText(configuration, field)?.trim();
  switch (mode) {
    case 'for':
      if (!isSeconds(own(configuration, 'seconds')))
        error('OAS-BUILTIN-WAIT', at('seconds'), `${name} must say how many seconds it waits.`);
      break;
    case 'until':
      if (!text('until')) error('OAS-BUILTIN-WAIT', at('until'), `${name} must say until when it waits.`);
      break;
    case 'event':
      if (!text('event')) error('OAS-BUILTIN-WAIT', at('event'), `${name} must name the event that it waits for.`);
      break;
    case 'webhook':
      break;
    default:
      error('OAS-BUILTIN-WAIT', at('mode'), `${name} waits in a way (“${mode}”) that does not exist.`);
  }
  const limit = own(configuration, 'timeoutSeconds');
  if (limit !== undefined && limit !== null && !isSeconds(limit))
    error('OAS-BUILTIN-WAIT', at('timeoutSeconds'), `The time-out of ${name} must be a number of seconds.`);
}

/** Seconds: a number, or a template that gives one. */
function isSeconds(value: Json | undefined): boolean {
  return (typeof value === 'number' && value >= 0) || (typeof value === 'string' && value.includes('{{'));
}

/** The fields of a step's own policy, and what each may be (shared/runs/settings.ts, StepPolicy). */
const policyFields: Record<string, (value: Json) => boolean> = {
  attempts: (value) => Number.isInteger(value) && Number(value) >= 1 && Number(value) <= 100,
  delaySeconds: (value) => typeof value === 'number' && value >= 0,
  factor: (value) => typeof value === 'number' && value >= 1,
  maxDelaySeconds: (value) => typeof value === 'number' && value >= 0,
  jitter: (value) => value === 'full' || value === 'equal' || value === 'none',
  timeLimitSeconds: (value) => typeof value === 'number' && value > 0,
  retryOn: (value) => value === 'transient' || value === 'any',
};

/**
 * A step's own policy: a field that cannot be meant is an error, because it would silently count as not set.
 * @param at pointer to the policy
 */
export function checkPolicy(policy: Json | undefined, at: string, error: Report, name: string): void {
  if (policy === undefined) return;
  if (!isObject(policy)) {
    error('OAS-POLICY', at, `What happens when ${name} fails must be a record.`);
    return;
  }
  for (const [field, value] of Object.entries(policy)) {
    const fits = policyFields[field];
    if (fits && !fits(value))
      error('OAS-POLICY', `${at}/${field}`, `What happens when ${name} fails has a wrong “${field}”.`);
  }
}
