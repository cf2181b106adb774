import type { Json, JsonObject } from '@rondo/shared/oas/json.ts';

/** What the worker is asked. */
export interface FormulaTask {
  id: number;
  source: string;
  values: JsonObject;
}

/** What is wrong with a formula, as the language says it. */
export interface FormulaTrouble {
  code: string;
  /** the end of the piece that is wrong, counted from the beginning of the formula */
  position: number | undefined;
  token: string;
  value: string;
  index: string;
  message: string;
}

export type FormulaAnswer = { id: number; ok: true; value: Json } | { id: number; ok: false; error: FormulaTrouble };

export type Preview =
  | { state: 'value'; value: Json }
  | { state: 'trouble'; trouble: FormulaTrouble }
  | { state: 'slow' };
