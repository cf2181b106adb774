import type { FormulaTrouble } from '@rondo/shared/formula/trouble.ts';
import type { Json, JsonObject } from '@rondo/shared/oas/json.ts';

/** What the worker is asked. */
export interface FormulaTask {
  id: number;
  source: string;
  values: JsonObject;
}

export type FormulaAnswer = { id: number; ok: true; value: Json } | { id: number; ok: false; error: FormulaTrouble };

export type Preview =
  | { state: 'value'; value: Json }
  | { state: 'trouble'; trouble: FormulaTrouble }
  | { state: 'slow' };
