import { Fragment, type ReactNode } from 'react';
import { type Block, type Inline, parseInline, parseMarkdown } from './markdown.ts';

/** Text with the looks of Markdown, made of elements; HTML in it stays text. */
export function Markdown({ text }: { text: string }) {
  return (
    <>
      {parseMarkdown(text).map((block, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the blocks are made anew of the whole text
        <Fragment key={index}>{drawBlock(block)}</Fragment>
      ))}
    </>
  );
}

/** One line of it, for labels. */
export function MarkdownLine({ text }: { text: string }) {
  return <>{drawInline(parseInline(text))}</>;
}

function drawBlock(block: Block): ReactNode {
  switch (block.kind) {
    case 'paragraph':
      return <p>{drawInline(block.children)}</p>;
    case 'heading': {
      // the page has its own h1 and h2
      const Tag = `h${Math.min(6, block.level + 2)}` as 'h3' | 'h4' | 'h5' | 'h6';
      return <Tag>{drawInline(block.children)}</Tag>;
    }
    case 'list': {
      const Tag = block.ordered ? 'ol' : 'ul';
      return (
        <Tag>
          {block.items.map((item, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: the items are made anew of the whole text
            <li key={index}>{drawInline(item)}</li>
          ))}
        </Tag>
      );
    }
    case 'code':
      return <pre className="json">{block.text}</pre>;
    case 'quote':
      return <blockquote>{drawInline(block.children)}</blockquote>;
  }
}

function drawInline(parts: Inline[]): ReactNode {
  // biome-ignore lint/suspicious/noArrayIndexKey: the parts are made anew of the whole text
  return parts.map((part, index) => <Fragment key={index}>{drawPart(part)}</Fragment>);
}

function drawPart(part: Inline): ReactNode {
  switch (part.kind) {
    case 'text':
      return part.text;
    case 'break':
      return <br />;
    case 'code':
      return <code>{part.text}</code>;
    case 'strong':
      return <strong>{drawInline(part.children)}</strong>;
    case 'em':
      return <em>{drawInline(part.children)}</em>;
    case 'link':
      return (
        <a href={part.href} target="_blank" rel="noopener noreferrer">
          {drawInline(part.children)}
        </a>
      );
  }
}
