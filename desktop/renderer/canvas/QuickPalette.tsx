import { Portal } from '@mantine/core';
import { IconSearch } from '@tabler/icons-react';
import { useEffect, useMemo, useRef, useState } from 'react';
import { useT } from '../messages/useT.ts';
import { useEditorPage, useUi } from './EditorContext.tsx';
import { findKinds } from './Palette.tsx';
import { StepIcon } from './StepIcon.tsx';
import type { QuickPalette as Quick } from './ui.ts';
import type { AddStep } from './useAddStep.ts';

const width = 260;
const height = 340;

interface Props {
  addStep: AddStep;
}

/** The palette at a point of the canvas: what comes next on a branch, or where a connection was dropped. */
export function QuickPalette({ addStep }: Props) {
  const quick = useUi((state) => state.quick);
  if (!quick) return null;
  // beside the canvas other panels stand: what is drawn inside of it would lie below them
  return (
    <Portal>
      <Choices quick={quick} addStep={addStep} />
    </Portal>
  );
}

function Choices({ quick, addStep }: Props & { quick: Quick }) {
  const t = useT();
  const { ui } = useEditorPage();
  const [search, setSearch] = useState('');
  const [at, setAt] = useState(0);
  const box = useRef<HTMLDivElement>(null);
  const input = useRef<HTMLInputElement>(null);
  const found = useMemo(() => findKinds(search, t).filter((info) => info.kind !== 'start'), [search, t]);
  useEffect(() => {
    input.current?.focus();
    const outside = (event: PointerEvent) => {
      if (event.target instanceof Node && !box.current?.contains(event.target)) ui.setState({ quick: null });
    };
    window.addEventListener('pointerdown', outside, true);
    return () => window.removeEventListener('pointerdown', outside, true);
  }, [ui]);
  useEffect(() => {
    box.current?.querySelector('[aria-selected="true"]')?.scrollIntoView({ block: 'nearest' });
  });
  const left = Math.max(8, Math.min(quick.screen.x + 8, window.innerWidth - width - 8));
  const top = Math.max(8, Math.min(quick.screen.y - 20, window.innerHeight - height - 8));
  const active = found[Math.min(at, found.length - 1)];
  return (
    <div
      ref={box}
      className="quick-palette"
      role="dialog"
      aria-label={t('canvas.nextStep')}
      style={{ left, top, width, maxHeight: height }}
    >
      <div className="palette-search">
        <IconSearch size={16} stroke={1.75} aria-hidden="true" />
        <input
          ref={input}
          type="search"
          role="combobox"
          aria-expanded="true"
          aria-controls="quick-palette-list"
          aria-activedescendant={active ? `quick-${active.kind}` : undefined}
          value={search}
          placeholder={t('canvas.nextStep')}
          aria-label={t('canvas.nextStep')}
          onChange={(event) => {
            setSearch(event.currentTarget.value);
            setAt(0);
          }}
          onKeyDown={(event) => {
            event.stopPropagation();
            if (event.key === 'Escape') ui.setState({ quick: null });
            else if (event.key === 'ArrowDown') setAt((now) => Math.min(now + 1, found.length - 1));
            else if (event.key === 'ArrowUp') setAt((now) => Math.max(now - 1, 0));
            else if (event.key === 'Enter' && active) addStep(active.kind, quick.place);
            else return;
            event.preventDefault();
          }}
        />
      </div>
      <div className="palette-list" role="listbox" id="quick-palette-list" aria-label={t('canvas.palette')}>
        {found.map((info) => (
          // the field above has the focus and moves through the options
          // biome-ignore lint/a11y/useKeyWithClickEvents: keys are handled by the field
          <div
            key={info.kind}
            id={`quick-${info.kind}`}
            role="option"
            tabIndex={-1}
            aria-selected={info === active}
            className="palette-entry"
            onClick={() => addStep(info.kind, quick.place)}
          >
            <StepIcon kind={info.kind} size={24} />
            <span>{t(`canvas.kind.${info.kind}`)}</span>
          </div>
        ))}
        {found.length === 0 && <p className="faint">{t('canvas.noStepFound', { search })}</p>}
      </div>
    </div>
  );
}
