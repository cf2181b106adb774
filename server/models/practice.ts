import { isObject, type Json, type JsonObject, own, ownList, ownObject, ownText } from '@rondo/shared/oas/json.ts';
import type { ModelAnswer, ModelPort } from '../engine/ports.ts';
import { practiceAgent } from './practiceAgent.ts';

/**
 * The practice model: needs no key and no network and says the same to the same prompt, so that a flow can be tried
 * and tested before a real model is chosen. It streams like one and fills structured outputs by their schema, with
 * what the prompt itself offers.
 */
export const practiceModel: ModelPort = {
  async complete(request, context): Promise<ModelAnswer> {
    const prompt = request.messages.findLast((message) => message.role === 'user')?.content ?? '';
    if (request.tools) {
      const answer = practiceAgent(request.messages, request.tools, {
        fill: (schema, said) => fill(schema, '', said, factsOf(said)),
        summary: (said) => summary(said, factsOf(said)),
      });
      return { ...answer, usage: usageOf(prompt, answer.text) };
    }
    const facts = factsOf(prompt);
    if (request.schema) {
      const value = fill(request.schema, '', prompt, facts);
      return { text: JSON.stringify(value), value, usage: usageOf(prompt, JSON.stringify(value)) };
    }
    const text = summary(prompt, facts);
    for (const piece of text.match(/\S+\s*/g) ?? []) {
      context.signal.throwIfAborted();
      request.onToken?.(piece);
    }
    return { text, usage: usageOf(prompt, text) };
  },
};

/** One token is about four characters: near enough for a model that costs nothing. */
function usageOf(prompt: string, text: string): ModelAnswer['usage'] {
  return { model: 'practice', inputTokens: Math.ceil(prompt.length / 4), outputTokens: Math.ceil(text.length / 4) };
}

interface Fact {
  name: string;
  value: string;
}

/** Lines such as `Claimant: Mara`: what a prompt states. */
function factsOf(prompt: string): Fact[] {
  return [...prompt.matchAll(/^[ \t]*([\p{L}][\p{L}\p{N} _-]{0,40}):[ \t]*(\S.*)$/gmu)].map((match) => ({
    name: (match[1] ?? '').trim(),
    value: (match[2] ?? '').trim(),
  }));
}

/** What follows the first line of a prompt: the material, not the order. */
function materialOf(prompt: string): string {
  const [, ...rest] = prompt.split('\n');
  const material = rest.join(' ').replace(/\s+/g, ' ').trim();
  return material === '' ? prompt.trim() : material;
}

/** Words that an order in German has, and one in English does not. */
const germanWords = /(?<!\p{L})(und|für|der|das|den|diesen|dieses|eine|einen|fasse|schreibe|zusammen)(?!\p{L})/giu;

function isGerman(prompt: string): boolean {
  const [order = ''] = prompt.split('\n');
  return (order.match(germanWords) ?? []).length >= 2;
}

function summary(prompt: string, facts: Fact[]): string {
  const german = isGerman(prompt);
  const opening = german ? 'Kurz gesagt' : 'In short';
  if (facts.length > 0) {
    // German nouns keep their capital letters
    const named = (name: string) => (german ? name : name.toLowerCase());
    const stated = facts.slice(0, 4).map((fact) => `${named(fact.name)} ${fact.value.replace(/[.\s]+$/, '')}`);
    return sentence(`${opening}: ${stated.join(', ')}`);
  }
  const material = materialOf(prompt);
  const afterOrder = /^[^:]{0,120}:\s*(.+)$/s.exec(material)?.[1] ?? material;
  const sentences = afterOrder.match(/[^.!?]+[.!?]*/g) ?? [afterOrder];
  return sentence(`${opening}: ${sentences.slice(0, 2).join(' ').replace(/\s+/g, ' ').trim().slice(0, 280)}`);
}

function sentence(text: string): string {
  return /[.!?]$/.test(text) ? text : `${text}.`;
}

/** A value that fits a schema, from what the prompt says where it says it, else the plainest there is. */
function fill(schema: JsonObject, name: string, prompt: string, facts: Fact[]): Json {
  const choices = ownList(schema, 'enum');
  if (choices.length > 0) return choose(choices, prompt);
  if ('const' in schema) return schema.const ?? null;
  const union = [...ownList(schema, 'anyOf'), ...ownList(schema, 'oneOf')].filter(isObject);
  const [first] = union;
  if (first) return fill(union.find((part) => ownText(part, 'type') !== 'null') ?? first, name, prompt, facts);
  const type = own(schema, 'type');
  switch (Array.isArray(type) ? type.find((one) => one !== 'null') : type) {
    case 'string':
      return textFor(name, prompt, facts);
    case 'integer':
      return Math.round(numberFor(name, prompt, facts));
    case 'number':
      return numberFor(name, prompt, facts);
    case 'boolean':
      return new RegExp(`\\b(${stemOf(name)}|yes|true)`, 'iu').test(materialOf(prompt));
    case 'array':
      return [fill(ownObject(schema, 'items') ?? { type: 'string' }, name, prompt, facts)];
    case 'object': {
      const properties = Object.entries(ownObject(schema, 'properties') ?? {});
      return Object.fromEntries(
        properties.map(([key, inner]) => [key, fill(isObject(inner) ? inner : {}, key, prompt, facts)]),
      );
    }
    case 'null':
      return null;
    default:
      return textFor(name, prompt, facts);
  }
}

/** The choice that the material names, else the first. */
function choose(choices: Json[], prompt: string): Json {
  const material = materialOf(prompt).toLowerCase();
  const named = choices.find((choice) => typeof choice === 'string' && material.includes(stemOf(choice).toLowerCase()));
  return named ?? choices[0] ?? null;
}

/** The start of a name, so that “billing” is found in “bill” and “renews” in “renewal”. */
function stemOf(name: string): string {
  const word = name.split(/[_\s-]/)[0] ?? name;
  return word.slice(0, Math.max(4, Math.ceil(word.length * 0.6))).replace(/[^\p{L}\p{N}]/gu, '');
}

function factFor(name: string, facts: Fact[]): string | undefined {
  const wanted = name.replaceAll('_', ' ').toLowerCase();
  return facts.find((fact) => fact.name.toLowerCase() === wanted || wanted.includes(fact.name.toLowerCase()))?.value;
}

function textFor(name: string, prompt: string, facts: Fact[]): string {
  return factFor(name, facts) ?? summary(prompt, facts);
}

function numberFor(name: string, prompt: string, facts: Fact[]): number {
  const unit = name.split('_').at(-1)?.replace(/s$/, '') ?? '';
  const near = unit.length > 2 ? new RegExp(`(-?\\d+(?:[.,]\\d+)?)\\s*${unit}`, 'iu').exec(prompt)?.[1] : undefined;
  const said = factFor(name, facts)?.match(/-?\d+(?:[.,]\d+)?/)?.[0] ?? near ?? prompt.match(/-?\d+(?:[.,]\d+)?/)?.[0];
  return said === undefined ? 0 : Number(said.replace(',', '.'));
}
