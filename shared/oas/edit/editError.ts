/** An edit that cannot be made: the place is gone, or the document would not hold together. */
export class EditError extends Error {
  /** EDIT-MISSING, EDIT-EXISTS, EDIT-PLACE, EDIT-VALUE, EDIT-START, EDIT-COMMAND */
  readonly code: string;
  /** where in the document, or in the component */
  readonly pointer: string;
  constructor(code: string, message: string, pointer: string) {
    super(message);
    this.name = 'EditError';
    this.code = code;
    this.pointer = pointer;
  }
}
