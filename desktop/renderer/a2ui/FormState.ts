import { createContext, useContext } from 'react';

/** What the parts of a form have to know about the form as a whole. */
export interface FormState {
  /** nothing can be changed: the review is decided, or one may not decide */
  readOnly: boolean;
  /** the name of the action that is being sent */
  sending: string | null;
}

export const FormStateContext = createContext<FormState>({ readOnly: false, sending: null });

export function useFormState(): FormState {
  return useContext(FormStateContext);
}

/** True inside of a button: texts are drawn in its line. */
export const InButtonContext = createContext(false);
