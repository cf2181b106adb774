import { TextInput } from '@mantine/core';
import type { NodeView } from '@rondo/shared/oas/flow.ts';
import type { JsonObject } from '@rondo/shared/oas/json.ts';
import { IconChevronRight } from '@tabler/icons-react';
import type { KeyboardEvent } from 'react';
import { useEffect, useId, useMemo, useRef, useState } from 'react';
import { useT } from '../../../messages/useT.ts';
import { earlierSteps } from '../../drawing.ts';
import { useFlowView } from '../../EditorContext.tsx';
import { StepIcon } from '../../StepIcon.tsx';
import { shortText } from '../../shortText.ts';
import { kindOfNode } from '../../steps.ts';
import { useLastValues } from '../../useLastValues.ts';
import { useFitWords } from '../fit/useFitWords.ts';
import { typeInLine } from '../types.ts';
import type { PickedValue } from './valuePath.ts';
import { everyItem } from './valuePath.ts';
import type { TreeRow, ValueNode } from './valueTree.ts';
import { canBeChosen, treeRows, typeOf } from './valueTree.ts';
import './values.css';

interface Props {
  node: NodeView;
  /** the type that is wanted; what does not fit says so */
  wanted?: JsonObject | undefined;
  onPick: (value: PickedValue) => void;
}

/**
 * The values of all earlier steps, the nearest first, with their types and last real values. The search has the keys:
 * up and down walk, right and left open and close, Enter takes the value.
 */
export function ValueTree({ node, wanted, onPick }: Props) {
  const t = useT();
  const id = useId();
  const { tree, view } = useFlowView();
  const last = useLastValues();
  const [search, setSearch] = useState('');
  const [open, setOpen] = useState<ReadonlySet<string>>(new Set());
  const [active, setActive] = useState<string | null>(null);
  const field = useRef<HTMLInputElement>(null);
  const list = useRef<HTMLDivElement>(null);
  const steps = useMemo(() => earlierSteps(view, node.id), [view, node.id]);
  const rows = useMemo(
    () => treeRows(steps, (step, output) => last.output(step, output), open, search),
    [steps, last, open, search],
  );
  const values = rows.filter((row) => row.value !== null);
  const current = values.find((row) => row.key === active) ?? values.find(canBeChosen);
  const rowId = (row: TreeRow) => `${id}-${rows.indexOf(row)}`;
  useEffect(() => field.current?.focus({ preventScroll: true }), []);
  useEffect(() => {
    if (current) list.current?.querySelector('[aria-selected="true"]')?.scrollIntoView({ block: 'nearest' });
  }, [current]);

  const fold = (row: TreeRow, unfold: boolean) => {
    const next = new Set(open);
    if (unfold) next.add(row.key);
    else next.delete(row.key);
    setOpen(next);
    setActive(row.key);
  };
  const pick = (row: TreeRow) => {
    if (!row.value) return;
    if (!canBeChosen(row)) fold(row, !row.expanded);
    else onPick({ node: row.step.id, output: row.value.output, path: row.value.path, schema: typeOf(row.value) });
  };
  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>) => {
    if (!current || event.nativeEvent.isComposing) return;
    const index = values.indexOf(current);
    const go = (to: number) => setActive(values[Math.max(0, Math.min(values.length - 1, to))]?.key ?? null);
    if (event.key === 'ArrowDown') go(index + 1);
    else if (event.key === 'ArrowUp') go(index - 1);
    else if (event.key === 'ArrowRight' && current.expanded === false) fold(current, true);
    else if (event.key === 'ArrowLeft' && current.expanded === true) fold(current, false);
    else if (event.key === 'ArrowLeft' && current.level > 2) {
      go(values.findLastIndex((row, at) => at < index && row.level < current.level));
    } else if (event.key === 'Enter') pick(current);
    else return;
    event.preventDefault();
  };
  return (
    <div className="value-tree">
      <TextInput
        ref={field}
        data-autofocus
        size="sm"
        role="combobox"
        aria-haspopup="tree"
        aria-expanded
        aria-controls={`${id}-tree`}
        aria-activedescendant={current ? rowId(current) : undefined}
        placeholder={t('canvas.findValue')}
        aria-label={t('canvas.findValue')}
        value={search}
        onChange={(event) => {
          setSearch(event.currentTarget.value);
          setActive(null);
        }}
        onKeyDown={onKeyDown}
      />
      {values.length === 0 && (
        <p className="faint" role="status">
          {t(steps.length === 0 ? 'canvas.noEarlierSteps' : 'canvas.noEarlierValues')}
        </p>
      )}
      <div ref={list} className="value-tree-rows" role="tree" id={`${id}-tree`} aria-label={t('canvas.pickValue')}>
        {rows.map((row) => (
          // biome-ignore lint/a11y/useKeyWithClickEvents: the search field has the keys of the whole tree
          <div
            key={row.key}
            id={rowId(row)}
            role="treeitem"
            tabIndex={-1}
            aria-level={row.level}
            aria-posinset={row.place}
            aria-setsize={row.siblings}
            aria-expanded={row.expanded}
            aria-selected={row === current}
            className={row.value ? 'value-row' : 'value-step'}
            style={row.level > 2 ? { paddingLeft: 10 + (row.level - 2) * 16 } : undefined}
            onMouseDown={(event) => event.preventDefault()}
            onClick={() => pick(row)}
          >
            {row.value ? (
              <Value row={row} value={row.value} wanted={wanted} onFold={() => fold(row, !row.expanded)} />
            ) : (
              <>
                <StepIcon kind={kindOfNode(tree, row.step)} size={18} />
                {row.step.name}
              </>
            )}
          </div>
        ))}
      </div>
    </div>
  );
}

interface ValueProps {
  row: TreeRow;
  value: ValueNode;
  wanted: JsonObject | undefined;
  onFold: () => void;
}

function Value({ row, value, wanted, onFold }: ValueProps) {
  const t = useT();
  const fitWords = useFitWords();
  const part = value.path.at(-1);
  const label =
    part === undefined
      ? value.output
      : part === everyItem
        ? t('canvas.value.every')
        : typeof part === 'number'
          ? t('canvas.value.entry', { number: part + 1 })
          : part;
  const warning = wanted && canBeChosen(row) ? fitWords(typeOf(value), wanted, value.last) : undefined;
  return (
    <>
      <span
        className="value-fold"
        aria-hidden="true"
        onClick={(event) => {
          if (row.expanded === undefined) return;
          event.stopPropagation();
          onFold();
        }}
      >
        {row.expanded !== undefined && (
          <IconChevronRight size={14} style={row.expanded ? { transform: 'rotate(90deg)' } : undefined} />
        )}
      </span>
      <b>{label}</b>
      <span className="faint value-type">{typeInLine(typeOf(value), t)}</span>
      <em>{shortText(value.last, 40)}</em>
      {warning && warning.level === 'bad' && <span className="value-warning">{warning.words}</span>}
    </>
  );
}
