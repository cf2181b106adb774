import type { FormulaTrouble } from '@rondo/shared/formula/trouble.ts';
import type { Json, JsonObject } from '@rondo/shared/oas/json.ts';
import type { CodeText } from './codeTrouble.ts';

/** What a sandbox worker is asked. */
export interface SandboxTask {
  id: number;
  kind: 'template' | 'formula' | 'script';
  source: string;
  values: JsonObject;
  /** the worker stops itself where it can; the host ends the worker soon after */
  milliseconds: number;
}

/** Why it went wrong: stopped by us, what a formula's language says, or words of another language. */
export type SandboxReason = { text: CodeText } | { trouble: FormulaTrouble } | string;

/** What it answers. */
export type SandboxAnswer = { id: number; ok: true; value: Json } | { id: number; ok: false; reason: SandboxReason };
