/** Why a formula failed, as JSONata says it. */
export interface FormulaTrouble {
  code: string;
  /** where in the formula, behind its last character that was read */
  position: number | undefined;
  token: string;
  value: string;
  index: string;
  /** in English */
  message: string;
}

/** What the formula language throws is a plain object; everything else has a message at least. */
export function troubleOf(error: unknown): FormulaTrouble {
  const given: Record<string, unknown> = typeof error === 'object' && error !== null ? { ...error } : {};
  const text = (name: string) => {
    const value = given[name];
    return typeof value === 'string' ? value : value === undefined ? '' : JSON.stringify(value);
  };
  const message = error instanceof Error ? error.message : text('message') || String(error);
  return {
    code: text('code'),
    position: typeof given.position === 'number' ? given.position : undefined,
    token: text('token'),
    value: text('value'),
    index: text('index'),
    message,
  };
}
