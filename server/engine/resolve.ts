import { isSensitive } from '@rondo/shared/oas/componentTypes.ts';
import { isObject, type Json, type JsonObject, ownText } from '@rondo/shared/oas/json.ts';
import { referenceOf, resolveReference } from '@rondo/shared/oas/references.ts';
import { said } from '@rondo/shared/words/said.ts';
import { type EnginePorts, StepError } from './ports.ts';

/**
 * A component with what its sensitive fields refer to filled in. The result is for the call only: it must not reach the
 * journal, a log or an error (G7).
 * @param keepSecret told every value of a sensitive field, so that it can be kept out of what the run says
 * @returns undefined where there is no such component
 * @throws {StepError} SECRET_MISSING naming the reference, never a value
 */
export async function withSensitive(
  tree: JsonObject,
  value: Json | undefined,
  ports: EnginePorts,
  keepSecret: (value: Json) => void,
): Promise<JsonObject | undefined> {
  const open = referenceOf(value);
  let component = resolveReference(tree, value);
  if (!component && open !== undefined) {
    const shared = await ports.resolve(open);
    if (isObject(shared)) component = shared;
  }
  if (!component) return undefined;
  const type = ownText(component, 'component_type') ?? '';
  const filled: JsonObject = { ...component };
  for (const [field, item] of Object.entries(component)) {
    if (!isSensitive(type, field)) continue;
    const value = await fill(item, ports, `${ownText(component, 'name') ?? type}.${field}`);
    keepSecret(value);
    filled[field] = value;
  }
  return filled;
}

async function fill(value: Json, ports: EnginePorts, place: string): Promise<Json> {
  const reference = referenceOf(value);
  if (reference !== undefined) {
    const found = await ports.resolve(reference);
    if (found === undefined)
      throw new StepError('SECRET_MISSING', said('failure.secret', { secret: reference, place }));
    return found;
  }
  if (Array.isArray(value)) return Promise.all(value.map((item) => fill(item, ports, place)));
  if (!isObject(value)) return value;
  return Object.fromEntries(
    await Promise.all(Object.entries(value).map(async ([key, item]) => [key, await fill(item, ports, place)] as const)),
  );
}
