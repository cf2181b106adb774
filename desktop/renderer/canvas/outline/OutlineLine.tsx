import { ActionIcon, Menu } from '@mantine/core';
import type { NodeView } from '@rondo/shared/oas/flow.ts';
import { IconAlertTriangle, IconArrowRight, IconDots } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { memo, useEffect, useRef } from 'react';
import { useT } from '../../messages/useT.ts';
import { useMarks } from '../marks.ts';
import { StepIcon } from '../StepIcon.tsx';
import type { StepKind } from '../stepKinds.ts';
import { branchLabel } from '../summary.ts';
import type { OutlineRow } from './order.ts';

interface Props {
  row: OutlineRow;
  /** the step of the row, or where the link leads */
  node: NodeView | undefined;
  kind: StepKind;
  active: boolean;
  /** it was cut, and waits for its new place */
  cut: boolean;
  renaming: boolean;
  /** what can be done with the row, in a menu */
  menu: ReactNode;
  menuOpen: boolean;
  onMenu: (open: boolean) => void;
  onActive: (row: OutlineRow) => void;
  onOpen: (row: OutlineRow) => void;
  onRenamed: (row: OutlineRow, name: string | null) => void;
}

const deepest = 7;

/** One row of the outline. */
export const OutlineLine = memo(function OutlineLine(props: Props) {
  const { row, node, active } = props;
  const t = useT();
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the tree around it has the keys
    <div
      role="treeitem"
      className={`outline-row outline-${row.type}`}
      aria-level={row.level}
      aria-posinset={row.place}
      aria-setsize={row.of}
      aria-selected={active}
      tabIndex={active ? 0 : -1}
      data-cut={props.cut || undefined}
      style={{ paddingLeft: 6 + 14 * Math.min(row.level - 1, deepest) }}
      onFocus={(event) => {
        if (event.target === event.currentTarget) props.onActive(row);
      }}
      onDoubleClick={() => props.onOpen(row)}
      onClick={(event) => {
        if ((event.target as HTMLElement).closest('button, input, [role="menu"]')) return;
        event.currentTarget.focus();
      }}
    >
      {row.type === 'step' && <StepIcon kind={props.kind} size={18} />}
      {row.type === 'link' && <IconArrowRight size={14} stroke={1.75} aria-hidden="true" />}
      {props.renaming && row.type === 'step' ? (
        <RenameField name={node?.name ?? ''} onDone={(name) => props.onRenamed(row, name)} />
      ) : (
        <span className="outline-words">
          {row.type === 'step' && (node?.name || t(`canvas.kind.${props.kind}`))}
          {row.type === 'branch' && branchLabel(row.branch, t)}
          {row.type === 'link' && t('outline.link', { name: node?.name ?? '' })}
        </span>
      )}
      {row.type === 'branch' && row.open && <span className="outline-faint">{t('outline.open')}</span>}
      {row.type === 'step' && row.loose && <span className="outline-faint">{t('outline.loose')}</span>}
      {row.type === 'step' && <StepSigns id={row.id} />}
      {active && (
        <Menu
          opened={props.menuOpen}
          onChange={props.onMenu}
          position="bottom-end"
          width={240}
          trapFocus
          returnFocus={false}
        >
          <Menu.Target>
            <ActionIcon
              variant="subtle"
              color="gray"
              size={22}
              tabIndex={-1}
              aria-label={t('outline.more')}
              title={t('outline.more')}
            >
              <IconDots size={15} stroke={1.75} />
            </ActionIcon>
          </Menu.Target>
          {props.menuOpen && <Menu.Dropdown aria-label={t('outline.more')}>{props.menu}</Menu.Dropdown>}
        </Menu>
      )}
    </div>
  );
});

/** What the run that is shown did with the step, else how many problems it has. */
function StepSigns({ id }: { id: string }) {
  const t = useT();
  const state = useMarks((marks) => marks.run?.get(id)?.state);
  const problems = useMarks((marks) => marks.problems.get(id)?.length ?? 0);
  const hasError = useMarks((marks) => marks.problems.get(id)?.some(({ severity }) => severity === 'error') ?? false);
  if (state && state !== 'unreached')
    return <span className={`outline-state outline-run-${state}`}>{t(`canvas.mark.${state}`)}</span>;
  if (problems === 0) return null;
  return (
    <span className={`outline-problems ${hasError ? 'outline-bad' : ''}`}>
      <IconAlertTriangle size={13} stroke={2} aria-hidden="true" />
      <span aria-hidden="true">{problems}</span>
      <span className="visually-hidden">{t('canvas.problemCount', { count: problems })}</span>
    </span>
  );
}

function RenameField({ name, onDone }: { name: string; onDone: (name: string | null) => void }) {
  const t = useT();
  const field = useRef<HTMLInputElement>(null);
  const done = useRef(false);
  const finish = (text: string | null) => {
    if (done.current) return;
    done.current = true;
    onDone(text);
  };
  useEffect(() => field.current?.select(), []);
  return (
    <input
      ref={field}
      className="outline-rename"
      defaultValue={name}
      aria-label={t('canvas.step.name')}
      onBlur={(event) => finish(event.currentTarget.value.trim())}
      onKeyDown={(event) => {
        event.stopPropagation();
        if (event.key === 'Enter') finish(event.currentTarget.value.trim());
        if (event.key === 'Escape') finish(null);
      }}
    />
  );
}
