import { expect, test } from 'vitest';
import { fieldsOf } from './componentTypes.ts';
import { fieldNotes, fieldWords } from './fieldWords.ts';

test('a field is told by its kind, what may stand there, its bounds, and whether it must', () => {
  const { prompt_template, llm_config } = fieldsOf('LlmNode');
  const { api_type, api_key } = fieldsOf('OpenAiConfig');
  expect(prompt_template && [fieldWords(prompt_template), fieldNotes(prompt_template)]).toEqual(['text', 'required']);
  expect(llm_config && fieldWords(llm_config, '`')).toBe('one of `llm`');
  expect(api_type && fieldWords(api_type)).toBe('one of chat_completions, responses');
  expect(api_key && [fieldWords(api_key), fieldNotes(api_key)]).toEqual(['text or null', 'secret, from 26.1.0']);
});
