import { mayChoose } from '@rondo/shared/oas/compare/choose.ts';
import type { MergeConflict } from '@rondo/shared/oas/compare/merge.ts';
import { problemWords } from '../messages/saidWords.ts';
import { useT } from '../messages/useT.ts';
import { fieldLabel } from './fieldLabel.ts';
import { valueWords } from './valueWords.ts';

/** Whose side stands: the draft's (as the merge has it), or the other one's. */
export type Choice = 'draft' | 'other';

/** What the two sides are called. */
export interface SideWords {
  draft: string;
  other: string;
}

interface Props {
  conflicts: readonly MergeConflict[];
  names: { [id: string]: string };
  choices: ReadonlyMap<number, Choice>;
  sides: SideWords;
  onChoose: (index: number, choice: Choice) => void;
  onLook: (step: string) => void;
}

/** Every place that both sides changed, with both values in words; one side is chosen for each. */
export function ConflictList({ conflicts, names, choices, sides, onChoose, onLook }: Props) {
  const t = useT();
  return (
    <ol className="conflicts">
      {conflicts.map((conflict, index) => {
        const { component, kind, pointer } = conflict;
        const title = kind === 'field' ? fieldLabel(pointer, names, t) : component.name || component.id;
        return (
          // biome-ignore lint/suspicious/noArrayIndexKey: a merge is made anew as a whole
          <li key={index} className="conflict">
            <button type="button" className="conflict-place" onClick={() => onLook(component.id)}>
              {kind === 'field' ? `${component.name || component.type}: ${title}` : title}
            </button>
            {kind === 'unsound' && (
              <p>
                {t('merge.unsound', { message: problemWords({ ...conflict, message: conflict.message ?? '' }, t) })}
              </p>
            )}
            {kind === 'field' && (
              <p className="faint">
                {t('merge.side.base')} <q>{valueWords(conflict.base, names, t)}</q>
              </p>
            )}
            {kind !== 'field' && kind !== 'unsound' && (
              <p className="faint">{t('merge.removed', { name: component.name })}</p>
            )}
            {mayChoose(conflict) && (
              <fieldset>
                <legend className="visually-hidden">{title}</legend>
                {(['draft', 'other'] as const).map((side) => (
                  <label key={side} className="conflict-side" data-chosen={choices.get(index) === side || undefined}>
                    <input
                      type="radio"
                      name={`conflict-${index}`}
                      checked={choices.get(index) === side}
                      onChange={() => onChoose(index, side)}
                    />
                    <span>
                      <b>{sides[side]}</b>
                      <span className="conflict-value">{sideWords(conflict, side)}</span>
                    </span>
                  </label>
                ))}
              </fieldset>
            )}
          </li>
        );
      })}
    </ol>
  );

  function sideWords(conflict: MergeConflict, side: Choice): string {
    if (conflict.kind === 'field') return valueWords(side === 'draft' ? conflict.ours : conflict.theirs, names, t);
    const removed = (conflict.kind === 'removed-by-ours') === (side === 'draft');
    return t(removed ? 'merge.removedHere' : 'merge.changedHere');
  }
}
