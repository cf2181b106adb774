import { Button } from '@mantine/core';
import type { NodeView } from '@rondo/shared/oas/flow.ts';
import type { FocusEvent } from 'react';
import { lazy, Suspense, useEffect, useId, useMemo, useState } from 'react';
import { useT } from '../../messages/useT.ts';
import type { EditorPage } from '../EditorContext.tsx';
import { useCommands, useEditorPage, useFlowView } from '../EditorContext.tsx';
import { readComponentText, replacing } from './componentText.ts';
import { TypeFields } from './TypeFields.tsx';
import type { CodeMark } from './text/CodeView.tsx';
import { useTextProblems } from './useTextProblems.ts';
import './text/text.css';

const JsonEditor = lazy(() => import('./text/JsonEditor.tsx'));

/** Texts that cannot be saved as they are: they wait here while something else is looked at. */
const unfinished = new WeakMap<EditorPage, Map<string, string>>();

/**
 * The component as it stands in the document, whatever its type. A text that can be read is saved, as one change, with
 * the button or when the field is left; one that cannot is kept. Esc goes back to what the document says.
 */
export function JsonTab({ node }: { node: NodeView }) {
  const t = useT();
  const id = useId();
  const page = useEditorPage();
  const { tree } = useFlowView();
  const { editable } = page;
  const run = useCommands();
  const now = useMemo(() => JSON.stringify(node.component, null, 2), [node.component]);
  const [text, setText] = useState(() => unfinished.get(page)?.get(node.id) ?? now);
  const [base, setBase] = useState(now);
  useEffect(() => {
    // a change from elsewhere is taken over unless something was typed here
    setText((old) => (old === base ? now : old));
    setBase(now);
  }, [now, base]);
  const read = useMemo(() => readComponentText(text, node, t), [text, node, t]);
  const component = useMemo(() => (read.ok ? read.value : null), [read]);
  const problems = useTextProblems(tree, node, text, component);
  const changed = text !== now;
  useEffect(() => {
    const texts = unfinished.get(page) ?? new Map<string, string>();
    unfinished.set(page, texts);
    if (changed) texts.set(node.id, text);
    else texts.delete(node.id);
  }, [page, node.id, text, changed]);
  const marks = useMemo(
    (): readonly CodeMark[] =>
      read.ok ? problems : [{ from: read.from, to: read.to, message: read.message, severity: 'error' }],
    [read, problems],
  );
  const save = () => {
    if (!changed || !read.ok || !editable) return;
    const commands = replacing(node.component, read.value);
    if (commands.length > 0) run(t('canvas.gesture.json', { name: node.name }), ...commands);
    else setText(now);
  };
  const onBlur = (event: FocusEvent<HTMLElement>) => {
    if (event.relatedTarget instanceof Node && event.currentTarget.contains(event.relatedTarget)) return;
    save();
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the editor inside has the keys; leaving all of it saves
    <div className="json-tab" onBlur={onBlur}>
      <p className="faint" id={`${id}-help`}>
        {t('canvas.json.help', { type: node.type })}
        {editable && ` ${t('canvas.json.keys')}`}
      </p>
      <Suspense fallback={<div className="text-box-waiting text-box-code">{text}</div>}>
        <JsonEditor
          marks={marks}
          rows={14}
          text={text}
          readOnly={!editable}
          name={{ words: t('canvas.json.label', { name: node.name }) }}
          describedBy={`${id}-help`}
          onChange={setText}
          onEscape={changed ? () => setText(now) : undefined}
        />
      </Suspense>
      {marks.length > 0 && (
        <ul className="inspector-problems" aria-live="polite">
          {marks.map((mark) => (
            <li key={`${mark.from} ${mark.message}`} data-severity={mark.severity}>
              {read.ok
                ? t('canvas.json.line', { line: text.slice(0, mark.from).split('\n').length, message: mark.message })
                : mark.message}
            </li>
          ))}
        </ul>
      )}
      {editable && (
        <div className="button-row">
          <Button size="sm" disabled={!changed || !read.ok} onClick={save}>
            {t('canvas.json.save')}
          </Button>
          <Button size="sm" variant="default" disabled={!changed} onClick={() => setText(now)}>
            {t('canvas.json.reset')}
          </Button>
        </div>
      )}
      <TypeFields type={node.type} />
    </div>
  );
}
