import { ActionIcon, Tooltip } from '@mantine/core';
import { IconLayoutSidebarLeftCollapse, IconLayoutSidebarLeftExpand, IconSearch } from '@tabler/icons-react';
import type { KeyboardEvent } from 'react';
import { useMemo, useState } from 'react';
import type { Words } from '../messages/useT.ts';
import { useT } from '../messages/useT.ts';
import { useEditorPage, useFlowView, useUi } from './EditorContext.tsx';
import { SideTabs } from './SideTabs.tsx';
import { StepIcon } from './StepIcon.tsx';
import type { StepGroup, StepKind, StepKindInfo } from './stepKinds.ts';
import { stepKinds } from './stepKinds.ts';
import { useAddStep } from './useAddStep.ts';
import { usePositions } from './usePositions.ts';

/** The type under which a step of the palette is dragged. */
export const stepDragType = 'application/x-rondo-step';

const groups: readonly StepGroup[] = ['people', 'ai', 'logic', 'actions', 'edge'];

/** The kinds that match a search, by their words and by the OAS word; those whose names match come first. */
export function findKinds(search: string, t: Words): StepKindInfo[] {
  const wanted = search.trim().toLowerCase();
  if (wanted === '') return [...stepKinds];
  // what is called so comes before what is only described so
  const rank = ({ kind, oas }: StepKindInfo) => {
    const name = t(`canvas.kind.${kind}`).toLowerCase();
    if (name.startsWith(wanted)) return 0;
    if (name.includes(wanted)) return 1;
    return t(`canvas.kindHelp.${kind}`).toLowerCase().includes(wanted) || oas.toLowerCase().includes(wanted) ? 2 : 3;
  };
  return [0, 1, 2].flatMap((wantedRank) => stepKinds.filter((info) => rank(info) === wantedRank));
}

/** The palette at the left: every kind of step by group; drag, click or Enter adds one. */
export function Palette() {
  const t = useT();
  const { ui } = useEditorPage();
  const open = useUi((state) => state.palette);
  const { view } = useFlowView();
  const addStep = useAddStep(usePositions(view));
  const [search, setSearch] = useState('');
  const found = useMemo(() => findKinds(search, t), [search, t]);
  if (!open) {
    return (
      <aside className="palette palette-folded" aria-label={t('canvas.palette')}>
        <Tooltip label={t('canvas.showPalette')} position="right">
          <ActionIcon
            variant="subtle"
            color="gray"
            aria-label={t('canvas.showPalette')}
            onClick={() => ui.setState({ palette: true })}
          >
            <IconLayoutSidebarLeftExpand size={18} stroke={1.75} />
          </ActionIcon>
        </Tooltip>
      </aside>
    );
  }
  const first = found[0];
  return (
    <aside className="palette" aria-label={t('canvas.palette')}>
      <SideTabs />
      <div className="palette-search">
        <IconSearch size={16} stroke={1.75} aria-hidden="true" />
        <input
          type="search"
          value={search}
          placeholder={t('canvas.findStep')}
          aria-label={t('canvas.findStep')}
          onChange={(event) => setSearch(event.currentTarget.value)}
          onKeyDown={(event) => {
            if (event.key === 'Enter' && first) addStep(first.kind);
            if (event.key === 'Escape') setSearch('');
            walkList(event, '.palette');
          }}
        />
        <span className="key">{t('canvas.keyN')}</span>
      </div>
      <div className="palette-list">
        {groups.map((group) => {
          const kinds = found.filter((info) => info.group === group);
          if (kinds.length === 0) return null;
          return (
            <section key={group} aria-label={t(`canvas.group.${group}`)}>
              <h2>{t(`canvas.group.${group}`)}</h2>
              {kinds.map((info) => (
                <PaletteEntry key={info.kind} info={info} onAdd={addStep} />
              ))}
            </section>
          );
        })}
        {found.length === 0 && <p className="faint">{t('canvas.noStepFound', { search })}</p>}
      </div>
      <footer className="palette-foot">
        <ActionIcon
          variant="subtle"
          color="gray"
          size={24}
          aria-label={t('canvas.hidePalette')}
          title={t('canvas.hidePalette')}
          onClick={() => ui.setState({ palette: false })}
        >
          <IconLayoutSidebarLeftCollapse size={16} stroke={1.75} />
        </ActionIcon>
      </footer>
    </aside>
  );
}

function PaletteEntry({ info, onAdd }: { info: StepKindInfo; onAdd: (kind: StepKind) => void }) {
  const t = useT();
  return (
    <button
      type="button"
      className="palette-entry"
      draggable
      title={t('canvas.kindTip', { help: t(`canvas.kindHelp.${info.kind}`), oas: info.oas })}
      onClick={() => onAdd(info.kind)}
      onDragStart={(event) => {
        event.dataTransfer.setData(stepDragType, info.kind);
        event.dataTransfer.effectAllowed = 'copy';
      }}
      onKeyDown={(event) => walkList(event, '.palette')}
    >
      <StepIcon kind={info.kind} size={24} />
      <span>{t(`canvas.kind.${info.kind}`)}</span>
    </button>
  );
}

/** Up and down move through a list of buttons. */
function walkList(event: KeyboardEvent, within: string) {
  if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return;
  const list = [...(event.currentTarget.closest(within)?.querySelectorAll<HTMLElement>('.palette-entry') ?? [])];
  const at = list.indexOf(event.currentTarget as HTMLElement);
  const next = list[at + (event.key === 'ArrowDown' ? 1 : -1)];
  if (!next) return;
  event.preventDefault();
  next.focus();
}
