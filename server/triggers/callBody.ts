import type { Json, JsonObject } from '@rondo/shared/oas/json.ts';
import { typeSaid } from '@rondo/shared/oas/properties.ts';
import { oneOrOther, quoted, type Said, said } from '@rondo/shared/words/said.ts';
import { Ajv2020, type ErrorObject, type ValidateFunction } from 'ajv/dist/2020.js';
import { keepNewest } from '../newest.ts';
import type { WebhookConfig } from '../operations/contract/trigger.ts';

export type ReadBody = { ok: true; body: Json } | { ok: false; status: 400 | 415; reason: Said };

/** Reads what was sent as its content type says: JSON, the fields of a form, or a text. An empty body is null. */
export function readBody(
  contentType: string | undefined,
  bytes: Buffer,
  allowed: WebhookConfig['contentTypes'],
): ReadBody {
  if (bytes.length === 0) return { ok: true, body: null };
  const type = (contentType ?? '').split(';')[0]?.trim().toLowerCase() ?? '';
  const kind = kindOf(type);
  if (kind === undefined || !allowed.includes(kind)) {
    const words = { json: 'application/json', form: 'application/x-www-form-urlencoded', text: 'text/plain' };
    const wanted = oneOrOther(allowed.map((one) => words[one]));
    return {
      ok: false,
      status: 415,
      reason: type === '' ? said('call.noType', { wanted }) : said('call.type', { type, wanted }),
    };
  }
  const text = utf8(bytes);
  if (text === undefined) return { ok: false, status: 400, reason: said('call.noText') };
  if (kind === 'text') return { ok: true, body: text };
  if (kind === 'form') return { ok: true, body: formFields(text) };
  try {
    return { ok: true, body: JSON.parse(text) as Json };
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    return { ok: false, status: 400, reason: said('call.noJson', { reason: error.message }) };
  }
}

function kindOf(type: string): WebhookConfig['contentTypes'][number] | undefined {
  if (type === 'application/json' || type.endsWith('+json')) return 'json';
  if (type === 'application/x-www-form-urlencoded') return 'form';
  return type.startsWith('text/') ? 'text' : undefined;
}

function utf8(bytes: Buffer): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    return undefined;
  }
}

/** Fields by name; one that comes several times is a list. */
export function formFields(text: string): JsonObject {
  const params = new URLSearchParams(text);
  const names = new Set(params.keys());
  return Object.fromEntries(
    [...names].map((name) => {
      const values = params.getAll(name);
      return [name, values.length === 1 ? (values[0] ?? '') : values];
    }),
  );
}

const mostKept = 100;
/** Schemas by their text, each compiled once and kept for a while: compiling one takes longer than many calls. */
const compiled = new Map<string, ValidateFunction>();

function validatorOf(schema: JsonObject): ValidateFunction {
  const text = JSON.stringify(schema);
  const known = compiled.get(text);
  if (known) return known;
  // One of its own for each: two schemas may have the same $id.
  const made = new Ajv2020({ strict: false, validateFormats: false }).compile(schema);
  return keepNewest(compiled, text, made, mostKept);
}

/** What is wrong with a JSON Schema, in plain words; null = nothing. */
export function wrongSchema(schema: JsonObject): string | null {
  try {
    validatorOf(schema);
    return null;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

/** Why a body does not fit a schema; null = it does. */
export function misfit(schema: JsonObject, body: Json): Said | null {
  const validate = validatorOf(schema);
  if (validate(body)) return null;
  const first = validate.errors?.[0];
  const place = first?.instancePath ? quoted(first.instancePath.slice(1).replaceAll('/', '.')) : said('body.itself');
  return said('body.wrong', { place, wrong: wrongOf(first) });
}

/** What is wrong with a value, after the name of its place; in words of the validator where there are none of ours. */
function wrongOf(error: ErrorObject | undefined): Said | string {
  const { missingProperty, additionalProperty, type, allowedValues } = error?.params ?? {};
  if (typeof missingProperty === 'string') return said('body.lacks', { title: missingProperty });
  if (typeof additionalProperty === 'string') return said('body.unknown', { title: additionalProperty });
  if (typeof type === 'string') return said('body.type', { type: typeSaid({ type }) });
  if (Array.isArray(allowedValues))
    return said('body.oneOf', { choices: allowedValues.map((one) => JSON.stringify(one)) });
  return error?.message ?? said('body.misfit');
}

/** Headers that say who sent something, or prove it, are never kept. */
const credential = /authorization|cookie|token|secret|password|api-?key|signature|credential/i;

/** Headers as they may be kept and given to formulas: without credentials. */
export function withoutCredentials(
  headers: { readonly [name: string]: string | undefined },
  also: readonly string[],
): { [name: string]: string } {
  return Object.fromEntries(
    Object.entries(headers).flatMap(([name, value]) =>
      value === undefined ? [] : [[name, credential.test(name) || also.includes(name) ? '[removed]' : value]],
    ),
  );
}
