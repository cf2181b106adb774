import { Button, Textarea } from '@mantine/core';
import type { NodeView } from '@rondo/shared/oas/flow.ts';
import type { JsonObject } from '@rondo/shared/oas/json.ts';
import { isObject } from '@rondo/shared/oas/json.ts';
import { parseAs } from '@rondo/shared/oas/parse.ts';
import { useEffect, useState } from 'react';
import type { Words } from '../../messages/useT.ts';
import { useT } from '../../messages/useT.ts';
import { useCommands, useEditorPage } from '../EditorContext.tsx';
import { placeOf } from '../gesture.ts';

/** The component as it stands in the document, whatever its type; saved as one change. */
export function JsonTab({ node }: { node: NodeView }) {
  const t = useT();
  const { editable } = useEditorPage();
  const run = useCommands();
  const now = JSON.stringify(node.component, null, 2);
  const [text, setText] = useState(now);
  const [base, setBase] = useState(now);
  useEffect(() => {
    // a change from elsewhere is taken over unless something was typed here
    setText((old) => (old === base ? now : old));
    setBase(now);
  }, [now, base]);
  const read = readComponent(text, node, t);
  const changed = text !== now;
  return (
    <div className="json-tab">
      <p className="faint">{t('canvas.json.help', { type: node.type })}</p>
      <Textarea
        aria-label={t('canvas.json.label', { name: node.name })}
        autosize
        minRows={14}
        maxRows={30}
        spellCheck={false}
        readOnly={!editable}
        value={text}
        error={changed && !read.ok ? read.message : undefined}
        styles={{
          input: {
            fontFamily: 'var(--mantine-font-family-monospace)',
            fontSize: 12,
            whiteSpace: 'pre',
            overflowX: 'auto',
          },
        }}
        onChange={(event) => setText(event.currentTarget.value)}
      />
      {editable && (
        <div className="button-row">
          <Button
            size="sm"
            disabled={!changed || !read.ok}
            onClick={() =>
              read.ok && run(t('canvas.gesture.json', { name: node.name }), ...replacing(node.component, read.value))
            }
          >
            {t('canvas.json.save')}
          </Button>
          <Button size="sm" variant="default" disabled={!changed} onClick={() => setText(now)}>
            {t('canvas.json.reset')}
          </Button>
        </div>
      )}
    </div>
  );
}

type Read = { ok: true; value: JsonObject } | { ok: false; message: string };

function readComponent(text: string, node: NodeView, t: Words): Read {
  const parsed = parseAs(text, 'json');
  if (!parsed.ok) return { ok: false, message: parsed.problems[0]?.message ?? t('canvas.json.invalid') };
  const value = parsed.value;
  if (!isObject(value)) return { ok: false, message: t('canvas.json.notObject') };
  if (value.id !== node.component.id) return { ok: false, message: t('canvas.json.keepId') };
  if (typeof value.component_type !== 'string' || value.component_type === '')
    return { ok: false, message: t('canvas.json.noType') };
  return { ok: true, value };
}

/** One `set` for each field that differs, so that what did not change stays as it is written. */
function replacing(before: JsonObject, after: JsonObject) {
  const place = placeOf(before);
  const names = new Set([...Object.keys(before), ...Object.keys(after)]);
  return [...names].flatMap((name) =>
    JSON.stringify(before[name]) === JSON.stringify(after[name]) &&
    Object.hasOwn(before, name) === Object.hasOwn(after, name)
      ? []
      : [
          {
            type: 'set' as const,
            component: place.component,
            pointer: `/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`,
            ...(Object.hasOwn(after, name) ? { value: after[name] } : {}),
          },
        ],
  );
}
