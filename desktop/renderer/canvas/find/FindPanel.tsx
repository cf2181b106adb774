import { Button, Checkbox, TextInput } from '@mantine/core';
import { EditError } from '@rondo/shared/oas/edit.ts';
import { IconArrowDown, IconArrowUp, IconSearch, IconX } from '@tabler/icons-react';
import { useEffect, useMemo, useRef, useState } from 'react';
import { problemWords } from '../../messages/saidWords.ts';
import { useT } from '../../messages/useT.ts';
import { useEditor, useEditorPage, useUi, viewOf } from '../EditorContext.tsx';
import { lookAtStep } from '../ui.ts';
import './find.css';
import type { Found } from './findInFlow.ts';
import { findInFlow } from './findInFlow.ts';
import type { Replacement } from './replaceInFlow.ts';
import { replaceInFlow } from './replaceInFlow.ts';

interface Hit {
  found: Found;
  at: number;
  wired: boolean;
}

/** Find and replace in the flow and in the flows inside: over the canvas, with the list of places. */
export function FindPanel() {
  const open = useUi((state) => state.find);
  return open === null ? null : <Panel key={open} />;
}

function Panel() {
  const t = useT();
  const { editor, ui, editable } = useEditorPage();
  const tree = useEditor((state) => state.tree);
  const [text, setText] = useState('');
  const [by, setBy] = useState('');
  const [matchCase, setMatchCase] = useState(false);
  /** -1: none was shown yet */
  const [at, setAt] = useState(-1);
  const field = useRef<HTMLInputElement>(null);
  const list = useRef<HTMLOListElement>(null);
  const hits = useMemo(
    () =>
      findInFlow(tree, viewOf(tree, null).id, { text, matchCase }).flatMap((found): Hit[] =>
        found.places.map((place) => ({ found, ...place })),
      ),
    [tree, text, matchCase],
  );
  const index = Math.max(0, Math.min(at, hits.length - 1));
  const current = hits[index];
  useEffect(() => field.current?.focus(), []);
  useEffect(() => {
    list.current?.querySelector('[aria-current="true"]')?.scrollIntoView({ block: 'nearest' });
  });

  const show = (hit: Hit | undefined, to: number) => {
    if (!hit) return;
    setAt(to);
    const root = viewOf(tree, null).id;
    const flow = hit.found.flow === root ? null : hit.found.flow;
    if (ui.getState().flow !== flow) ui.setState({ flow, selection: [], edges: [] });
    if (viewOf(tree, flow).nodeById.has(hit.found.node)) lookAtStep(ui, hit.found.node);
    else ui.setState({ selection: [], edges: [], extras: [hit.found.node] });
  };
  const step = (by_: number) => {
    const from = at < 0 && by_ > 0 ? -1 : index;
    const to = (from + by_ + hits.length) % Math.max(1, hits.length);
    show(hits[to], to);
  };
  const replace = (label: string, which: Replacement[]) => {
    try {
      editor.apply(label, replaceInFlow(tree, which, text.length, by));
      // the button may have nothing more to do: the keys go back to the field
      field.current?.focus();
    } catch (error) {
      if (!(error instanceof EditError)) throw error;
      editor.store.setState({ notice: { kind: 'refused', message: problemWords(error, t), unsaved: null } });
    }
  };
  const close = () => {
    ui.setState({ find: null });
    requestAnimationFrame(() => document.querySelector<HTMLElement>('.canvas')?.focus({ preventScroll: true }));
  };
  const free = hits.filter((hit) => !hit.wired).length;
  return (
    <search
      className="find-panel"
      aria-label={t('find.title')}
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return;
        event.stopPropagation();
        close();
      }}
    >
      <div className="find-line">
        <TextInput
          ref={field}
          size="sm"
          flex={1}
          aria-label={t('find.find')}
          placeholder={t('find.find')}
          leftSection={<IconSearch size={16} stroke={1.75} />}
          value={text}
          onChange={(event) => {
            setText(event.currentTarget.value);
            setAt(-1);
          }}
          onKeyDown={(event) => {
            if (event.key !== 'Enter') return;
            event.preventDefault();
            step(event.shiftKey ? -1 : 1);
          }}
        />
        <button type="button" aria-label={t('find.previous')} title={t('find.previous')} onClick={() => step(-1)}>
          <IconArrowUp size={17} stroke={1.75} />
        </button>
        <button type="button" aria-label={t('find.next')} title={t('find.next')} onClick={() => step(1)}>
          <IconArrowDown size={17} stroke={1.75} />
        </button>
        <button type="button" aria-label={t('find.close')} title={t('find.close')} onClick={close}>
          <IconX size={17} stroke={1.75} />
        </button>
      </div>
      {editable && (
        <div className="find-line">
          <TextInput
            size="sm"
            flex={1}
            aria-label={t('find.by')}
            placeholder={t('find.by')}
            value={by}
            onChange={(event) => setBy(event.currentTarget.value)}
          />
          <Button
            size="compact-sm"
            variant="default"
            disabled={!current || current.wired}
            onClick={() =>
              current && replace(t('find.gesture.one', { text }), [{ found: current.found, only: current.at }])
            }
          >
            {t('find.replace')}
          </Button>
          <Button
            size="compact-sm"
            variant="default"
            disabled={free === 0}
            onClick={() =>
              replace(
                t('find.gesture.all', { text }),
                [...new Set(hits.map((hit) => hit.found))].map((found) => ({ found })),
              )
            }
          >
            {t('find.replaceAll', { count: free })}
          </Button>
        </div>
      )}
      <div className="find-line find-options">
        <Checkbox
          size="xs"
          label={t('find.matchCase')}
          checked={matchCase}
          onChange={(event) => setMatchCase(event.currentTarget.checked)}
        />
        <output>
          {text === '' ? '' : t('find.count', { at: hits.length === 0 ? 0 : index + 1, count: hits.length })}
        </output>
      </div>
      {hits.length > 0 && (
        <ol ref={list} className="find-places" aria-label={t('find.places')}>
          {hits.map((hit, place) => (
            <li key={`${hit.found.component}${hit.found.pointer}${hit.at}`}>
              <button type="button" aria-current={hit === current || undefined} onClick={() => show(hit, place)}>
                <b>{hit.found.name || t('canvas.note')}</b>
                <span>
                  {hit.found.text.slice(Math.max(0, hit.at - 24), hit.at)}
                  <mark>{hit.found.text.slice(hit.at, hit.at + text.length)}</mark>
                  {hit.found.text.slice(hit.at + text.length, hit.at + text.length + 40)}
                </span>
                {hit.wired && <em>{t('find.wired')}</em>}
              </button>
            </li>
          ))}
        </ol>
      )}
    </search>
  );
}
