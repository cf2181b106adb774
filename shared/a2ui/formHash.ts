import { canonicalJson, contentHash } from '../oas/hash.ts';
import type { Json } from '../oas/json.ts';

/** What a decision is bound to (G9): SHA-256 of the canonical JSON of the form that was shown. */
export function formHash(surface: readonly Json[]): Promise<string> {
  return contentHash(canonicalJson([...surface]));
}

/** The same for the values that were shown with it. */
export function valuesHash(values: Json): Promise<string> {
  return contentHash(canonicalJson(values));
}
