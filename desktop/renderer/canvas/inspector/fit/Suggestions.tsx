import { Button } from '@mantine/core';
import type { NodeView } from '@rondo/shared/oas/flow.ts';
import { useMemo } from 'react';
import { useT } from '../../../messages/useT.ts';
import { feed } from '../../dataGestures.ts';
import { useEditorPage, useFlowView, useGesture } from '../../EditorContext.tsx';
import type { Suggestion } from './suggestions.ts';
import { suggestionsFor } from './suggestions.ts';

/** The values that fit the inputs of a step which nothing feeds yet. */
export function useSuggestions(node: NodeView): readonly Suggestion[] {
  const { view } = useFlowView();
  const { editable } = useEditorPage();
  return useMemo(() => (editable ? suggestionsFor(view, node) : []), [editable, view, node]);
}

/** "3 values fit": all of them are taken with one click, which is one gesture. */
export function Suggestions({ node }: { node: NodeView }) {
  const t = useT();
  const gesture = useGesture();
  const { view } = useFlowView();
  const found = useSuggestions(node);
  if (found.length === 0) return null;
  const names = found.map(({ input, source }) => ({
    input,
    words: t('canvas.suggest.from', {
      input,
      step: view.nodeById.get(source.node)?.name ?? '',
      output: source.output,
    }),
  }));
  return (
    <div className="fit-offer" role="status">
      <div>
        <b>{t('canvas.suggest.fit', { count: found.length })}</b>
        <ul>
          {names.map(({ input, words }) => (
            <li key={input}>{words}</li>
          ))}
        </ul>
      </div>
      <Button
        size="compact-sm"
        onClick={() => {
          gesture(t('canvas.gesture.suggest', { name: node.name, count: found.length }), (draft) => {
            for (const { input, source } of found) feed(draft, node.id, input, source);
          });
        }}
      >
        {t('canvas.suggest.accept')}
      </Button>
    </div>
  );
}
