import type { Json, JsonObject } from '@rondo/shared/oas/json.ts';

/** What a sandbox worker is asked. */
export interface SandboxTask {
  id: number;
  kind: 'template' | 'formula' | 'script';
  source: string;
  values: JsonObject;
  /** the worker stops itself where it can; the host ends the worker soon after */
  milliseconds: number;
}

/** What it answers. */
export type SandboxAnswer =
  | { id: number; ok: true; value: Json }
  | { id: number; ok: false; message: string; limit?: true };
