import { useElementSize } from '@mantine/hooks';
import type { KeyboardEvent } from 'react';
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { useT } from '../../messages/useT.ts';
import { WindowedRows } from '../../parts/WindowedRows.tsx';
import { useEditorPage, useFlowView, useUi } from '../EditorContext.tsx';
import { SideTabs } from '../SideTabs.tsx';
import { kindOfNode } from '../steps.ts';
import { nextReveal, sayDone } from '../ui.ts';
import { ConnectDialog } from './ConnectDialog.tsx';
import { OutlineLine } from './OutlineLine.tsx';
import { OutlineMenu } from './OutlineMenu.tsx';
import './outline.css';
import type { OutlineRow } from './order.ts';
import { outlineRows } from './order.ts';
import type { OutlineDeed } from './outlineKeys.ts';
import { deedOf } from './outlineKeys.ts';
import { useOutlineActions } from './useOutlineActions.ts';
import { rowTowards } from './walkRows.ts';

const rowHeight = 30;

/** The steps of the flow as a tree, in which everything can be done that is done on the canvas. */
export function Outline() {
  const t = useT();
  const { ui, editable } = useEditorPage();
  const { tree, view } = useFlowView();
  const rows = useMemo(() => outlineRows(view), [view]);
  const actions = useOutlineActions(view);
  const selected = useUi((state) => (state.selection.length === 1 ? state.selection[0] : undefined));
  const quick = useUi((state) => state.quick);
  const [activeKey, setActiveKey] = useState(() => `step ${selected ?? view.startId}`);
  const [focus, setFocus] = useState(0);
  const [renaming, setRenaming] = useState<string | null>(null);
  const [cut, setCut] = useState<string | null>(null);
  const [menuOpen, setMenuOpen] = useState(false);
  const [connecting, setConnecting] = useState<OutlineRow | null>(null);
  const { ref, height } = useElementSize();
  const asked = useRef(false);
  const lastAt = useRef(0);

  const found = rows.findIndex((row) => row.key === activeKey);
  const at = found >= 0 ? found : Math.min(lastAt.current, rows.length - 1);
  lastAt.current = at;
  const active = rows[at];

  const takeKeys = useCallback(() => setFocus((count) => count + 1), []);
  const activate = useCallback(
    (row: OutlineRow) => {
      setActiveKey(row.key);
      const { selection } = ui.getState();
      if (selection.length === 1 && selection[0] === row.id) return;
      ui.setState({ selection: [row.id], edges: [], reveal: nextReveal(ui, row.id) });
    },
    [ui],
  );
  const showMenu = useCallback(
    (shown: boolean) => {
      setMenuOpen(shown);
      if (!shown) takeKeys();
    },
    [takeKeys],
  );
  const goTo = useCallback(
    (row: OutlineRow | undefined) => {
      if (!row) return;
      activate(row);
      takeKeys();
    },
    [activate, takeKeys],
  );

  // the keys go to the row where one stands only when they are asked for, not whenever it is another one
  useEffect(() => {
    if (focus > 0) document.querySelector<HTMLElement>('.outline [role="treeitem"][tabindex="0"]')?.focus();
  }, [focus]);
  // what is selected on the canvas is where one stands here
  useEffect(() => {
    if (selected === undefined) return;
    setActiveKey((key) => {
      const current = rows.find((row) => row.key === key);
      return current?.id === selected ? key : `step ${selected}`;
    });
  }, [selected, rows]);
  // after the palette that was asked for from here the keys come back
  useEffect(() => {
    if (quick || !asked.current) return;
    asked.current = false;
    takeKeys();
  }, [quick, takeKeys]);

  const open = useCallback(
    (row: OutlineRow) => {
      if (row.type === 'step') actions.open(row.id);
      else if (row.type === 'link') goTo(rows.find((other) => other.key === `step ${row.to}`));
      else if (editable) asked.current = actions.addAfter(row, placeOf());
    },
    [actions, editable, goTo, rows],
  );
  const renamed = useCallback(
    (row: OutlineRow, name: string | null) => {
      setRenaming(null);
      takeKeys();
      if (name !== null) actions.rename(row.id, name);
    },
    [actions, takeKeys],
  );
  const run = (deed: OutlineDeed, row: OutlineRow) => {
    if (deed === 'open') open(row);
    else if (deed === 'menu') setMenuOpen(true);
    else if (!editable) return;
    else if (deed === 'add') asked.current = actions.addAfter(row, placeOf());
    else if (deed === 'rename' && row.type === 'step') setRenaming(row.key);
    else if (deed === 'connect' && (view.nodeById.get(row.id)?.branches.length ?? 0) > 0) setConnecting(row);
    else if (deed === 'cut' && row.type === 'step' && row.id !== view.startId) {
      setCut(row.id);
      sayDone(ui, t('outline.cutSaid', { name: view.nodeById.get(row.id)?.name ?? '' }));
    } else if (deed === 'paste' && cut !== null) {
      actions.move(cut, row);
      ui.setState({ selection: [cut], edges: [] });
      setActiveKey(`step ${cut}`);
      setCut(null);
      takeKeys();
    } else if (deed === 'remove') {
      actions.remove(row);
      const stays = rows[at - 1];
      if (row.type === 'step' && row.id !== view.startId && stays) activate(stays);
      takeKeys();
    }
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const target = event.target as HTMLElement;
    if (!active || target.getAttribute('role') !== 'treeitem') return;
    const isPlain = !event.ctrlKey && !event.metaKey && !event.altKey && !event.shiftKey;
    const next = isPlain ? rowTowards(rows, at, event.key) : undefined;
    const deed = deedOf(event);
    if (event.key === 'Escape' && cut !== null) setCut(null);
    else if (next !== undefined) goTo(rows[next]);
    else if (deed && !(deed === 'paste' && cut === null)) run(deed, active);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };

  const connectingNode = connecting && view.nodeById.get(connecting.id);
  return (
    <aside className="palette outline" aria-label={t('outline.title')}>
      <SideTabs />
      <div ref={ref} role="tree" className="outline-tree" aria-label={t('outline.title')} onKeyDown={onKeyDown}>
        <WindowedRows
          count={rows.length}
          rowHeight={rowHeight}
          whole={60}
          height={Math.max(height, rowHeight)}
          reveal={at}
          kept={at}
          render={(index) => {
            const row = rows[index];
            const node = row && view.nodeById.get(row.type === 'link' ? row.to : row.id);
            if (!row) return null;
            const isActive = index === at;
            return (
              <OutlineLine
                key={row.key}
                row={row}
                node={node}
                kind={node ? kindOfNode(tree, node) : 'unknown'}
                active={isActive}
                cut={row.type === 'step' && row.id === cut}
                renaming={renaming === row.key}
                menu={
                  isActive && (
                    <OutlineMenu
                      row={row}
                      isStart={row.id === view.startId}
                      editable={editable}
                      isCut={cut !== null}
                      onDeed={(deed) => {
                        setMenuOpen(false);
                        run(deed, row);
                      }}
                    />
                  )
                }
                menuOpen={isActive && menuOpen}
                onMenu={showMenu}
                onActive={activate}
                onOpen={open}
                onRenamed={renamed}
              />
            );
          }}
        />
      </div>
      {rows.length === 0 && <p className="faint outline-none">{t('outline.none')}</p>}
      {editable && <p className="outline-hint">{t('outline.hint')}</p>}
      {connecting && connectingNode && (
        <ConnectDialog
          view={view}
          node={connectingNode}
          branch={connecting.type === 'step' ? undefined : connecting.branch}
          onConnect={(branch, to) => actions.connect(connecting.id, branch, to)}
          onClose={() => {
            setConnecting(null);
            takeKeys();
          }}
        />
      )}
    </aside>
  );
}

/** Where the palette opens: beside the row that has the keys. */
function placeOf(): { x: number; y: number } {
  const box = document.querySelector('.outline [aria-selected="true"]')?.getBoundingClientRect();
  return box ? { x: box.right, y: box.top } : { x: 240, y: 160 };
}
