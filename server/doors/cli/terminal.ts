import { decisionTitle } from '@rondo/shared/a2ui/reviewForm.ts';
import { readSurface } from '@rondo/shared/a2ui/surface.ts';
import { asText } from '@rondo/shared/oas/casts.ts';
import { type Json, type JsonObject, own } from '@rondo/shared/oas/json.ts';
import { propertiesOf, titleOf, typeWords } from '@rondo/shared/oas/properties.ts';
import type { WaitAnswer } from '@rondo/shared/runs/events.ts';
import { CommandError } from './output.ts';
import type { Question } from './runMemory.ts';
import type { CommandStreams } from './streams.ts';

/** Asks the person at the terminal. @throws {CommandError} at the end of input */
export async function askPerson(question: Question, streams: CommandStreams): Promise<WaitAnswer> {
  const ask = async (words: string): Promise<string> => {
    const line = await streams.ask(words);
    if (line === null) throw new CommandError('The input ended before the run did; the run was cancelled.');
    return line;
  };
  switch (question.for) {
    case 'message':
      return { kind: 'message', text: await ask('> ') };
    case 'confirmation': {
      const yes = await ask(`May “${question.tool}” be used with ${JSON.stringify(question.arguments)}? (y/n) `);
      return { kind: 'confirmation', confirmed: /^y(es)?$/i.test(yes.trim()) };
    }
    case 'review':
      return review(question, streams, ask);
    case 'event':
      return { kind: 'result', value: jsonOrText(await ask(`What does the event “${question.name}” bring? `)) };
    default: {
      const text = await ask(`Result of “${question.tool}” with ${JSON.stringify(question.arguments)}: `);
      return { kind: 'result', value: jsonOrText(text) };
    }
  }
}

async function review(
  question: Extract<Question, { for: 'review' }>,
  streams: CommandStreams,
  ask: (words: string) => Promise<string>,
): Promise<WaitAnswer> {
  streams.error(`\n${question.title}`);
  for (const [name, value] of Object.entries(question.arguments)) streams.error(`  ${name}: ${asText(value)}`);
  const values: JsonObject = {};
  for (const output of propertiesOf(question.outputs).filter((one) => titleOf(one) !== decisionTitle)) {
    const title = titleOf(output);
    const now = own(question.arguments, title) ?? own(output, 'default');
    const shown = now === undefined ? '' : ` [${asText(now)}]`;
    const line = await ask(`  ${title} (${typeWords(output)})${shown}: `);
    const value = line === '' ? now : line;
    if (value !== undefined) values[title] = value;
  }
  const surface = readSurface(question.surface);
  const actions = surface.ok ? surface.surface.actions : [];
  for (;;) {
    const decision = (await ask(`  ${actions.join(' / ')}: `)).trim();
    if (actions.length === 0 || actions.includes(decision)) return { kind: 'review', decision, values };
    streams.error(`  It is one of: ${actions.join(', ')}.`);
  }
}

function jsonOrText(text: string): Json {
  try {
    return JSON.parse(text) as Json;
  } catch (error) {
    if (error instanceof SyntaxError) return text;
    throw error;
  }
}
