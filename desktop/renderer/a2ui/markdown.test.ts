import { describe, expect, it } from 'vitest';
import { parseInline, parseMarkdown } from './markdown.ts';

describe('Markdown in forms', () => {
  it('reads paragraphs, headings, lists, quotes and code', () => {
    const blocks = parseMarkdown(
      '# Claim\n\nFirst line\nsecond\n\n- one\n- **two**\n\n1. a\n2. b\n\n> said\n\n```\nx < y\n```',
    );
    expect(blocks.map((block) => block.kind)).toEqual(['heading', 'paragraph', 'list', 'list', 'quote', 'code']);
    expect(blocks[1]).toEqual({
      kind: 'paragraph',
      children: [{ kind: 'text', text: 'First line' }, { kind: 'break' }, { kind: 'text', text: 'second' }],
    });
    expect(blocks[5]).toEqual({ kind: 'code', text: 'x < y' });
  });

  it('leaves HTML and other schemes as text', () => {
    expect(parseInline('<img src=x onerror=alert(1)>')).toEqual([
      { kind: 'text', text: '<img src=x onerror=alert(1)>' },
    ]);
    expect(parseInline('[x](javascript:alert(1))')).toEqual([{ kind: 'text', text: '[x](javascript:alert(1))' }]);
  });

  it('reads bold with a value after it, and links', () => {
    expect(parseInline('**Claimant:** Mara')).toEqual([
      { kind: 'strong', children: [{ kind: 'text', text: 'Claimant:' }] },
      { kind: 'text', text: ' Mara' },
    ]);
    expect(parseInline('see [here](https://x.org/a)')).toEqual([
      { kind: 'text', text: 'see ' },
      { kind: 'link', href: 'https://x.org/a', children: [{ kind: 'text', text: 'here' }] },
    ]);
  });

  it('keeps marks that are not closed, and words with underscores', () => {
    expect(parseInline('2 * 3 and cost_centre_name')).toEqual([{ kind: 'text', text: '2 * 3 and cost_centre_name' }]);
    expect(parseInline('**open')).toEqual([{ kind: 'text', text: '**open' }]);
  });

  it('ends on long input without a mark that closes', () => {
    const started = Date.now();
    parseMarkdown(`${'*a '.repeat(4000)}`);
    expect(Date.now() - started).toBeLessThan(2000);
  });
});
