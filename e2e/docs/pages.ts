import { agreementPage } from '../oracle/agreement.ts';
import { problemPage } from './problemPage.ts';
import { typePage } from './typePage.ts';

/** Pages of the documentation that are made from what the program itself reads: path in the checkout → its text. */
export const madePages: { readonly [path: string]: () => string } = {
  'docs/oas-agreement.md': agreementPage,
  'docs/oas-problems.md': problemPage,
  'docs/oas-types.md': typePage,
};
