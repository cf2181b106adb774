/** Something that is wrong with a document, in words for the person who has to mend it. */
export interface Problem {
  /** stable, begins with `OAS-` */
  code: string;
  severity: 'error' | 'warning';
  /** JSON pointer into the document; `''` is the whole document */
  pointer: string;
  /** id of the component it is about, where there is one */
  componentId?: string;
  message: string;
}

/** True when at least one of them keeps the document from working. */
export function hasErrors(problems: readonly Problem[]): boolean {
  return problems.some((problem) => problem.severity === 'error');
}

/** An error at a place. */
export function errorAt(code: string, pointer: string, message: string, componentId?: string): Problem {
  return { code, severity: 'error', pointer, ...(componentId === undefined ? {} : { componentId }), message };
}

/** A warning at a place. */
export function warningAt(code: string, pointer: string, message: string, componentId?: string): Problem {
  return { code, severity: 'warning', pointer, ...(componentId === undefined ? {} : { componentId }), message };
}
