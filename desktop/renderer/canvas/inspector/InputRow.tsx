import { Button } from '@mantine/core';
import type { DataEdgeView, NodeView } from '@rondo/shared/oas/flow.ts';
import type { JsonObject } from '@rondo/shared/oas/json.ts';
import { useState } from 'react';
import { useT } from '../../messages/useT.ts';
import { feed, sourcesOf, unfeed } from '../dataGestures.ts';
import { useEditorPage, useFlowView, useGesture } from '../EditorContext.tsx';
import { titleOf } from '../gesture.ts';
import { useLastValues } from '../useLastValues.ts';
import { useSuggestions } from './fit/Suggestions.tsx';
import { useFitWords } from './fit/useFitWords.ts';
import { SourceChip } from './SourceChip.tsx';
import { SourcePicker } from './SourcePicker.tsx';
import { typeInLine } from './types.ts';
import { useTakeValue } from './useTakeValue.ts';

/** An input: where its value comes from, what becomes of it where the types differ, and what it last was. */
export function InputRow({ node, property }: { node: NodeView; property: JsonObject }) {
  const t = useT();
  const { editable } = useEditorPage();
  const { view } = useFlowView();
  const gesture = useGesture();
  const take = useTakeValue();
  const last = useLastValues();
  const [picking, setPicking] = useState(false);
  const title = titleOf(property);
  const sources = sourcesOf(view, node.id, title);
  const value = last.inputText(node.id, title);
  const offer = useSuggestions(node).find((one) => one.input === title);
  const words =
    sources.length > 0
      ? t('canvas.data.change')
      : property.default !== undefined
        ? t('canvas.data.usesDefault', { value: JSON.stringify(property.default) })
        : t('canvas.data.choose');
  return (
    <div className="input-row">
      <div className="input-row-head">
        <b>{title}</b>
        <span className="faint">{typeInLine(property, t)}</span>
      </div>
      <SourcePicker
        node={node}
        opened={picking}
        wanted={property}
        onClose={() => setPicking(false)}
        onPick={(picked) => {
          gesture(t('canvas.gesture.feed', { name: node.name, input: title, output: picked.output }), (draft) =>
            feed(draft, node.id, title, take(draft, node.id, picked)),
          );
        }}
      >
        <div className="source-box">
          {sources.map((edge) => (
            <SourceChip
              key={edge.id}
              edge={edge}
              {...(editable
                ? {
                    onRemove: () =>
                      gesture(t('canvas.gesture.unfeed', { name: node.name, input: title }), (draft) =>
                        unfeed(draft, edge),
                      ),
                  }
                : {})}
            />
          ))}
          {editable && (
            <button
              type="button"
              className="source-open"
              onClick={() => setPicking(true)}
              aria-label={t('canvas.data.wordsFor', { words, input: title })}
            >
              {words}
            </button>
          )}
        </div>
      </SourcePicker>
      {offer && (
        <div className="fit-one">
          <span>
            {t('canvas.suggest.fits', {
              step: view.nodeById.get(offer.source.node)?.name ?? '',
              output: offer.source.output,
            })}
          </span>
          <Button
            variant="subtle"
            size="compact-xs"
            aria-label={t('canvas.suggest.acceptFor', { input: title })}
            onClick={() => {
              gesture(
                t('canvas.gesture.feed', { name: node.name, input: title, output: offer.source.output }),
                (draft) => feed(draft, node.id, title, offer.source),
              );
            }}
          >
            {t('canvas.suggest.accept')}
          </Button>
        </div>
      )}
      {sources.map((edge) => (
        <FitNote key={edge.id} edge={edge} property={property} />
      ))}
      {value && <p className="faint">{t('canvas.data.last', { value })}</p>}
    </div>
  );
}

/** What the type of an input makes of the values that come in. */
function FitNote({ edge, property }: { edge: DataEdgeView; property: JsonObject }) {
  const { view } = useFlowView();
  const fitWords = useFitWords();
  const last = useLastValues().output(edge.source, edge.output);
  const output = view.nodeById.get(edge.source)?.outputs.find((one) => titleOf(one) === edge.output);
  const fit = output && fitWords(output, property, last);
  if (!fit) return null;
  return (
    <p className="fit-note" data-level={fit.level}>
      {fit.words}
    </p>
  );
}
