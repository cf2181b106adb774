import type { JsonObject } from '@rondo/shared/oas/json.ts';
import { useDeferredValue, useMemo, useState } from 'react';
import { useT } from '../messages/useT.ts';
import { blankTree } from './blankTree.ts';
import { ComparePanel } from './ComparePanel.tsx';
import type { ChangeRow } from './changeRows.ts';
import { changeRows } from './changeRows.ts';
import type { Changes } from './changes.ts';
import { changesBetween } from './changes.ts';
import { DiffCanvas } from './DiffCanvas.tsx';
import { flowChoices, rootIdOf } from './flowChoices.ts';

const nothing: Changes = { groups: [], moved: [], movedNotes: [], names: {}, known: new Map() };

/** Either side may be missing: an empty flow. */
function between(before: JsonObject | undefined, after: JsonObject | undefined): Changes {
  if (after) return changesBetween(before, after);
  return before ? changesBetween(before, blankTree(before)) : nothing;
}

interface Sides {
  before: JsonObject | undefined;
  after: JsonObject | undefined;
}

/** Two documents compared: drawn as one, and the list of what changed. @param look a step to show */
export function Compared({ look = null, ...given }: Sides & { look?: string | null }) {
  const t = useT();
  // the frame is drawn first: comparing two large flows takes a moment
  const sides = useMemo(() => ({ before: given.before, after: given.after }), [given.before, given.after]);
  const { before, after } = useDeferredValue(sides, emptySides);
  const changes = useMemo(() => between(before, after), [before, after]);
  const rows = useMemo(() => changeRows(changes, t), [changes, t]);
  const flows = useMemo(() => flowChoices(before, after, changes), [before, after, changes]);
  const [chosen, setChosen] = useState<ChangeRow | null>(null);
  const [flow, setFlow] = useState<string | null>(null);
  const root = rootIdOf(after) ?? rootIdOf(before);
  const choose = (row: ChangeRow) => {
    setChosen(row);
    if (row.flow !== null) setFlow(row.flow === root ? null : row.flow);
  };
  const chooseStep = (step: string | null) => {
    const row = rows.find((one) => one.step === step && step !== null);
    setChosen(row ?? null);
  };
  if (before === undefined && after === undefined && (sides.before || sides.after)) {
    return (
      <p className="versions-fill faint" role="status">
        {t('versions.loading')}
      </p>
    );
  }
  return (
    <>
      <div className="versions-canvas">
        {flows.length > 1 && (
          <label className="versions-flow">
            <span>{t('versions.flow')}</span>
            <select value={flow ?? ''} onChange={(event) => setFlow(event.currentTarget.value || null)}>
              {flows.map(({ id, name, count }) => (
                <option key={id ?? ''} value={id ?? ''}>
                  {t('versions.flowWith', { name, count })}
                </option>
              ))}
            </select>
          </label>
        )}
        <DiffCanvas
          before={before}
          after={after}
          changes={changes}
          flow={flow}
          reveal={chosen?.step ?? look}
          onSelect={chooseStep}
        />
      </div>
      <ComparePanel changes={changes} rows={rows} chosen={chosen?.id ?? null} onChoose={choose} />
    </>
  );
}

const emptySides: Sides = { before: undefined, after: undefined };
