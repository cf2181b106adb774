import { Lexer } from 'yaml';
import type { DocumentFormat } from '../parse.ts';

/** How many comments a text has: JSON cannot carry them. Lines of comment after each other are counted singly. */
export function countComments(text: string, format: DocumentFormat): number {
  if (format === 'json') return 0;
  return format === 'yaml' ? inYaml(text) : inJson5(text);
}

function inYaml(text: string): number {
  let count = 0;
  // The lexer marks texts of any kind by a control character before them: what begins with # is a comment.
  for (const token of new Lexer().lex(text)) if (token.startsWith('#')) count++;
  return count;
}

function inJson5(text: string): number {
  let count = 0;
  for (let i = 0; i < text.length; i++) {
    const c = text[i];
    if (c === '"' || c === "'") {
      for (i++; i < text.length && text[i] !== c; i++) if (text[i] === '\\') i++;
    } else if (c === '/' && (text[i + 1] === '/' || text[i + 1] === '*')) {
      count++;
      const end = text[i + 1] === '/' ? '\n' : '*/';
      const at = text.indexOf(end, i + 2);
      i = at < 0 ? text.length : at + end.length - 1;
    }
  }
  return count;
}
