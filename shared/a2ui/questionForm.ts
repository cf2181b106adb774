import type { JsonObject } from '../oas/json.ts';
import { surfaceMessages } from './reviewForm.ts';

/** The action that sends the answer to a question, and where the answer stands in the data model. */
export const sendAction = 'send';
export const questionTextPath = '/text';

/** The form of a question: what is asked, a field for the answer, Send. */
export function questionForm(prompt: string | null, labels: { answer?: string; send?: string } = {}): JsonObject[] {
  const asked: JsonObject[] = prompt ? [{ id: 'prompt', component: 'Text', text: prompt }] : [];
  const components: JsonObject[] = [
    { id: 'root', component: 'Card', child: 'form' },
    { id: 'form', component: 'Column', children: [...(prompt ? ['prompt'] : []), 'text', 'buttons'] },
    ...asked,
    {
      id: 'text',
      component: 'TextField',
      label: labels.answer ?? 'Your answer',
      variant: 'longText',
      value: { path: questionTextPath },
    },
    { id: 'buttons', component: 'Row', justify: 'end', children: ['send'] },
    {
      id: 'send',
      component: 'Button',
      variant: 'primary',
      child: 'send_label',
      action: { event: { name: sendAction, context: {} } },
    },
    { id: 'send_label', component: 'Text', text: labels.send ?? 'Send' },
  ];
  return surfaceMessages('question', components, { text: '' });
}
