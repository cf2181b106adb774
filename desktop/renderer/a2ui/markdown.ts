/** A piece of a line: plain text, or text with a look. */
export type Inline =
  | { kind: 'text'; text: string }
  | { kind: 'strong' | 'em'; children: Inline[] }
  | { kind: 'code'; text: string }
  | { kind: 'link'; href: string; children: Inline[] }
  | { kind: 'break' };

export type Block =
  | { kind: 'paragraph'; children: Inline[] }
  | { kind: 'heading'; level: 1 | 2 | 3 | 4 | 5; children: Inline[] }
  | { kind: 'list'; ordered: boolean; items: Inline[][] }
  | { kind: 'code'; text: string }
  | { kind: 'quote'; children: Inline[] };

const listLine = /^\s{0,3}([-*+]|\d{1,9}[.)])\s+(.*)$/;
const headingLine = /^(#{1,5})\s+(.*?)\s*#*$/;

/**
 * Reads the small part of Markdown that texts in forms use: paragraphs, headings, lists, quotes, code, bold, italic,
 * links to web pages. There is no HTML: it stays text. Never throws.
 */
export function parseMarkdown(source: string): Block[] {
  const lines = source.replace(/\r\n?/g, '\n').split('\n');
  const blocks: Block[] = [];
  let index = 0;
  while (index < lines.length) {
    const line = lines[index] ?? '';
    if (line.trim() === '') {
      index++;
      continue;
    }
    if (line.startsWith('```')) {
      const end = lines.findIndex((other, at) => at > index && other.startsWith('```'));
      const stop = end < 0 ? lines.length : end;
      blocks.push({ kind: 'code', text: lines.slice(index + 1, stop).join('\n') });
      index = stop + 1;
      continue;
    }
    const heading = headingLine.exec(line);
    if (heading) {
      const level = (heading[1]?.length ?? 1) as 1 | 2 | 3 | 4 | 5;
      blocks.push({ kind: 'heading', level, children: parseInline(heading[2] ?? '') });
      index++;
      continue;
    }
    const listed = listLine.exec(line);
    if (listed) {
      const ordered = /\d/.test(listed[1] ?? '');
      const items: Inline[][] = [];
      for (; index < lines.length; index++) {
        const item = listLine.exec(lines[index] ?? '');
        if (!item || /\d/.test(item[1] ?? '') !== ordered) break;
        items.push(parseInline(item[2] ?? ''));
      }
      blocks.push({ kind: 'list', ordered, items });
      continue;
    }
    const quote = line.startsWith('>');
    const taken: string[] = [];
    for (; index < lines.length; index++) {
      const next = lines[index] ?? '';
      if (next.trim() === '' || next.startsWith('```') || headingLine.test(next) || listLine.test(next)) break;
      if (next.startsWith('>') !== quote) break;
      taken.push(quote ? next.replace(/^>\s?/, '') : next);
    }
    blocks.push({ kind: quote ? 'quote' : 'paragraph', children: parseInline(taken.join('\n')) });
  }
  return blocks;
}

/** Reads the looks inside of a line. A mark that is not closed is text. */
export function parseInline(source: string): Inline[] {
  const out: Inline[] = [];
  let text = '';
  let index = 0;
  const flush = () => {
    if (text !== '') out.push({ kind: 'text', text });
    text = '';
  };
  while (index < source.length) {
    const rest = source.slice(index);
    const match =
      /^`([^`]+)`/.exec(rest) ??
      /^\*\*(?=\S)([\s\S]+?\S|\S)\*\*/.exec(rest) ??
      /^\*(?=\S)([^*\n]*[^\s*])\*/.exec(rest) ??
      (index === 0 || !/\w/.test(source[index - 1] ?? '') ? /^_(?=\S)([^_\n]*[^\s_])_(?!\w)/.exec(rest) : null) ??
      /^\[([^\]\n]+)\]\((https?:\/\/[^\s)]+)\)/.exec(rest);
    if (match) {
      flush();
      const [whole, inner = '', href] = match;
      if (href !== undefined) out.push({ kind: 'link', href, children: parseInline(inner) });
      else if (whole.startsWith('`')) out.push({ kind: 'code', text: inner });
      else out.push({ kind: whole.startsWith('**') ? 'strong' : 'em', children: parseInline(inner) });
      index += whole.length;
      continue;
    }
    const char = source[index] ?? '';
    if (char === '\\' && /[\\`*_[\]#>-]/.test(source[index + 1] ?? '')) {
      text += source[index + 1];
      index += 2;
      continue;
    }
    if (char === '\n') {
      flush();
      out.push({ kind: 'break' });
    } else text += char;
    index++;
  }
  flush();
  return out;
}
