/** Something wrong, or doubtful, at a place of a document, in plain words. */
export interface Problem {
  /** stable: `OAS-` and a word */
  code: string;
  severity: 'error' | 'warning';
  /** JSON pointer (RFC 6901) into the document */
  pointer: string;
  /** id of the component that it concerns */
  componentId?: string;
  message: string;
}
