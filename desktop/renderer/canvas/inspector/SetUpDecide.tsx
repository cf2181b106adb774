import { ActionIcon, Button } from '@mantine/core';
import type { FlowView, NodeView } from '@rondo/shared/oas/flow.ts';
import type { JsonObject } from '@rondo/shared/oas/json.ts';
import { isObject } from '@rondo/shared/oas/json.ts';
import { IconArrowRight, IconMathFunction, IconPlus, IconTrash } from '@tabler/icons-react';
import { useState } from 'react';
import { useT } from '../../messages/useT.ts';
import { part } from '../componentParts.ts';
import { declare, feed, freeTitle, sourcesOf } from '../dataGestures.ts';
import { decideByFormula } from '../decideByFormula.ts';
import { controlEdge, edgeKey } from '../drawing.ts';
import { useEditorPage, useFlowView, useGesture } from '../EditorContext.tsx';
import type { GestureDraft } from '../gesture.ts';
import { placeOf, setIn, titleOf } from '../gesture.ts';
import { rondoData } from '../stepKinds.ts';
import { showStep } from '../ui.ts';
import { usePositions } from '../usePositions.ts';
import { LineField, Part } from './fields.tsx';
import { outlineOf } from './reviewSurface.ts';
import { SourceChip } from './SourceChip.tsx';
import { SourcePicker } from './SourcePicker.tsx';
import { useTakeValue } from './useTakeValue.ts';
import type { PickedValue } from './values/valuePath.ts';

/** The branches of a new step, as `newNode` makes them. */
const untouched = JSON.stringify({ yes: 'yes' });

/** The values that an output is known to give: its choices, or the decisions of a review's buttons. */
function knownValues(tree: JsonObject, view: FlowView, source: { source: string; output: string }): string[] {
  const from = view.nodeById.get(source.source);
  const output = from?.outputs.find((property) => titleOf(property) === source.output);
  const surface = from && rondoData(part(tree, from.component, 'tool')).surface;
  if (surface !== undefined && source.output === 'decision')
    return outlineOf(surface).buttons.map((button) => button.decision);
  return Array.isArray(output?.enum) ? output.enum.map(String) : [];
}

/** "Decide": which value decides, and which branch each value takes. Everything else takes "otherwise". */
export function SetUpDecide({ node }: { node: NodeView }) {
  const t = useT();
  const { ui, editable } = useEditorPage();
  const { tree, view } = useFlowView();
  const positions = usePositions(view);
  const gesture = useGesture();
  const take = useTakeValue();
  const [picking, setPicking] = useState(false);
  const input = titleOf(node.inputs[0] ?? {});
  const source = sourcesOf(view, node.id, input).at(-1);
  const mapping = isObject(node.component.mapping) ? node.component.mapping : {};
  const rows = Object.entries(mapping).map(([value, branch]) => ({ value, branch: String(branch) }));

  const pick = (picked: PickedValue) => {
    gesture(t('canvas.gesture.decideBy', { name: node.name, output: picked.output }), (draft) => {
      const chosen = take(draft, node.id, picked);
      const title = freeTitle(chosen.output, []);
      declare(draft, node.id, 'inputs', [{ title, type: 'string' }]);
      feed(draft, node.id, title, chosen);
      // a step that is as it was made takes its branches from the values that are known
      const now = draft.view();
      const known = knownValues(draft.tree, now, { source: chosen.node, output: chosen.output });
      if (known.length > 0 && JSON.stringify(mapping) === untouched) {
        const place = placeOf(node.component);
        draft.run(setIn(place, 'mapping', Object.fromEntries(known.map((value) => [value, value]))));
        if (Array.isArray(node.component.branches)) draft.run(setIn(place, 'branches', ['default', ...known]));
        settleBranches(draft, node.id, { from: 'yes', to: 'default' });
      }
    });
  };
  const leads = view.controlEdges.some((edge) => edge.to === node.id);
  const byFormula = () => {
    let made: string | undefined;
    gesture(t('canvas.gesture.decideByFormula', { name: node.name }), (draft) => {
      const from = source && { node: source.source, output: source.output };
      made = decideByFormula(draft, node.id, from, { positions, stepName: t('canvas.decide.formulaStep') });
    });
    if (made !== undefined) showStep(ui, made, 'setup');
  };
  const write = (next: { value: string; branch: string }[], renamed?: { from: string; to: string }) => {
    gesture(t('canvas.gesture.branches', { name: node.name }), (draft) => {
      const value: JsonObject = Object.fromEntries(next.map((row) => [row.value, row.branch]));
      const branches = ['default', ...new Set(next.map((row) => row.branch))];
      draft.run(setIn(placeOf(node.component), 'mapping', value));
      if (Array.isArray(node.component.branches)) draft.run(setIn(placeOf(node.component), 'branches', branches));
      settleBranches(draft, node.id, renamed);
    });
  };
  const known = source ? knownValues(tree, view, source) : [];
  const missing = known.filter((value) => !Object.hasOwn(mapping, value));
  return (
    <>
      <Part
        title={t('canvas.decide.by')}
        help={{ words: 'fieldHelp.decide.by', example: 'fieldHelp.decide.by.example' }}
      >
        <SourcePicker node={node} opened={picking} onClose={() => setPicking(false)} onPick={pick}>
          <button
            type="button"
            className="source-button"
            disabled={!editable}
            onClick={() => setPicking(true)}
            title={t('canvas.decide.choose')}
          >
            {source ? <SourceChip edge={source} /> : <span className="faint">{t('canvas.decide.choose')}</span>}
          </button>
        </SourcePicker>
        {editable && leads && (
          <div className="button-row">
            <Button variant="subtle" size="compact-sm" leftSection={<IconMathFunction size={14} />} onClick={byFormula}>
              {t('canvas.decide.byFormula')}
            </Button>
          </div>
        )}
      </Part>
      <Part
        title={t('canvas.decide.branches')}
        help={{ words: 'fieldHelp.decide.branches', example: 'fieldHelp.decide.branches.example' }}
      >
        {rows.map((row, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: rows have no other identity
          <div className="form-field-row" key={index}>
            <LineField
              label={t('canvas.decide.value', { index: index + 1 })}
              hideLabel
              value={row.value}
              placeholder={t('canvas.decide.valueHint')}
              disabled={!editable}
              onCommit={(value) => {
                const taken = rows.some((other, at) => at !== index && other.value === value);
                if (!taken) write(rows.with(index, { ...row, value }));
              }}
            />
            <IconArrowRight size={15} className="faint" aria-hidden="true" />
            <LineField
              label={t('canvas.decide.branch', { index: index + 1 })}
              hideLabel
              value={row.branch}
              disabled={!editable}
              onCommit={(branch) =>
                branch.trim() &&
                write(rows.with(index, { ...row, branch: branch.trim() }), { from: row.branch, to: branch.trim() })
              }
            />
            {editable && (
              <ActionIcon
                variant="subtle"
                color="gray"
                size={24}
                aria-label={t('canvas.decide.remove', { branch: row.branch })}
                onClick={() => write(rows.toSpliced(index, 1))}
              >
                <IconTrash size={14} />
              </ActionIcon>
            )}
          </div>
        ))}
        <p className="faint">{t('canvas.decide.otherwise')}</p>
        {editable && (
          <div className="button-row">
            <Button
              variant="subtle"
              size="compact-sm"
              leftSection={<IconPlus size={14} />}
              onClick={() => {
                const name = freeTitle(
                  t('canvas.decide.newBranch'),
                  rows.flatMap((row) => [row.value, row.branch]),
                );
                write([...rows, { value: name, branch: name }]);
              }}
            >
              {t('canvas.decide.add')}
            </Button>
            {missing.length > 0 && (
              <Button
                variant="subtle"
                size="compact-sm"
                leftSection={<IconPlus size={14} />}
                onClick={() => write([...rows, ...missing.map((value) => ({ value, branch: value }))])}
              >
                {t('canvas.decide.addKnown', { values: missing.join(', ') })}
              </Button>
            )}
          </div>
        )}
      </Part>
    </>
  );
}

/** Edges follow a renamed branch; those of a branch that is gone are taken off. */
function settleBranches(draft: GestureDraft, id: string, renamed: { from: string; to: string } | undefined) {
  const now = draft.node(id);
  if (!now) return;
  for (const edge of draft.view().controlEdges) {
    if (edge.from !== id || now.branches.includes(edge.branch)) continue;
    const view = draft.view();
    draft.run({ type: 'disconnect', flow: view.id, edge: edgeKey(edge) });
    const free = !view.controlEdges.some((other) => other.from === id && other.branch === renamed?.to);
    if (renamed && renamed.from === edge.branch && free) {
      draft.run({ type: 'connect', flow: view.id, edge: controlEdge(view, id, renamed.to, edge.to) });
    }
  }
}
