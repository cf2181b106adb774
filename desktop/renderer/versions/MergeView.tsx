import { Button } from '@mantine/core';
import { mayChoose, withTheirs } from '@rondo/shared/oas/compare/choose.ts';
import { mergeDocuments } from '@rondo/shared/oas/compare/merge.ts';
import type { JsonObject } from '@rondo/shared/oas/json.ts';
import { type ReactNode, useMemo, useState } from 'react';
import { useT } from '../messages/useT.ts';
import { Compared } from './Compared.tsx';
import type { Choice, SideWords } from './ConflictList.tsx';
import { ConflictList } from './ConflictList.tsx';
import './versions.css';

interface Props {
  base: JsonObject;
  draft: JsonObject;
  /** what is put together with the draft */
  other: JsonObject;
  sides: SideWords;
  all: SideWords;
  /** what the button says that takes the result */
  action: string;
  /** what stands above the places that both changed */
  intro: ReactNode;
  /** further buttons */
  buttons: ReactNode;
  onApply: (tree: JsonObject) => void;
}

/** Two states of a flow put together: what the draft becomes, drawn and in words, and what has to be decided. */
export function MergeView({ base, draft, other, sides, all, action, intro, buttons, onApply }: Props) {
  const t = useT();
  const merged = useMemo(() => mergeDocuments(base, draft, other), [base, draft, other]);
  const [choices, setChoices] = useState<ReadonlyMap<number, Choice>>(new Map());
  const [step, setStep] = useState<string | null>(null);
  const { conflicts } = merged;
  const open = conflicts.flatMap((conflict, index) => (mayChoose(conflict) ? [index] : []));
  const decided = open.filter((index) => choices.has(index)).length;
  const result = useMemo(
    () =>
      conflicts.reduce(
        (tree, conflict, index) => (choices.get(index) === 'other' ? withTheirs(tree, other, conflict) : tree),
        merged.tree,
      ),
    [conflicts, choices, merged, other],
  );
  const chooseAll = (choice: Choice) => setChoices(new Map(open.map((index) => [index, choice])));
  return (
    <div className="merge-view">
      <div className="versions-main">
        <section className="merge-side">
          {intro}
          <h3 role="status">
            {t('merge.conflicts', { count: open.length })}
            {open.length > 0 && (
              <span className="faint"> {t('merge.progress', { done: decided, count: open.length })}</span>
            )}
          </h3>
          {open.length > 1 && (
            <div className="merge-all">
              <Button size="compact-sm" variant="default" onClick={() => chooseAll('draft')}>
                {all.draft}
              </Button>
              <Button size="compact-sm" variant="default" onClick={() => chooseAll('other')}>
                {all.other}
              </Button>
            </div>
          )}
          <ConflictList
            conflicts={conflicts}
            names={merged.names}
            choices={choices}
            sides={sides}
            onChoose={(index, choice) => setChoices(new Map(choices).set(index, choice))}
            onLook={setStep}
          />
          {merged.movedTwice.length > 0 && (
            <p className="faint">{t('merge.movedTwice', { count: merged.movedTwice.length })}</p>
          )}
        </section>
        <Compared before={draft} after={result} look={step} />
      </div>
      <footer className="dialog-foot merge-foot">
        <span className="flow-space" />
        {buttons}
        <Button disabled={decided < open.length} onClick={() => onApply(result)}>
          {action}
        </Button>
      </footer>
    </div>
  );
}
