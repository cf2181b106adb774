import { EditError, treeAfter } from '@rondo/shared/oas/edit.ts';
import type { NodeView } from '@rondo/shared/oas/flow.ts';
import type { JsonObject } from '@rondo/shared/oas/json.ts';
import { placeInJson } from '@rondo/shared/oas/jsonPlaces.ts';
import { isInside } from '@rondo/shared/oas/pointer.ts';
import type { Problem } from '@rondo/shared/oas/problems.ts';
import { useEffect, useMemo, useState } from 'react';
import { problemWords } from '../../messages/saidWords.ts';
import { useT } from '../../messages/useT.ts';
import type { Checker } from '../checker.ts';
import { startChecker } from '../checker.ts';
import { replacing } from './componentText.ts';
import type { CodeMark } from './text/CodeView.tsx';

const restMs = 300;

/**
 * What would be wrong with a step if its component were as somebody is writing it, each with its place in the text.
 *
 * @param component what the text says; null while it says nothing that can be read
 */
export function useTextProblems(
  tree: JsonObject,
  node: NodeView,
  text: string,
  component: JsonObject | null,
): CodeMark[] {
  const t = useT();
  const [checker, setChecker] = useState<Checker | null>(null);
  const [found, setFound] = useState<{ text: string; problems: readonly Problem[] }>({ text: '', problems: [] });
  useEffect(() => {
    const started = startChecker();
    setChecker(started);
    return () => started.close();
  }, []);
  useEffect(() => {
    if (!checker || !component) return;
    let current = true;
    const timer = setTimeout(() => {
      const would = changed(tree, node.component, component);
      checker.check(would).then(
        (problems) => {
          if (current) setFound({ text, problems: problems.filter((one) => isInside(one.pointer, node.pointer)) });
        },
        (error: unknown) => console.error('The text could not be checked.', error),
      );
    }, restMs);
    return () => {
      current = false;
      clearTimeout(timer);
    };
  }, [checker, tree, node, text, component]);
  return useMemo(
    () =>
      found.text !== text
        ? []
        : found.problems.map(
            (problem): CodeMark => ({
              ...placeInJson(text, problem.pointer.slice(node.pointer.length)),
              message: problemWords(problem, t),
              severity: problem.severity,
            }),
          ),
    [found, text, node.pointer, t],
  );
}

/** The document with the component; the document as it is where it cannot be so. */
function changed(tree: JsonObject, before: JsonObject, after: JsonObject): JsonObject {
  try {
    return treeAfter(tree, replacing(before, after));
  } catch (error) {
    if (error instanceof EditError) return tree;
    throw error;
  }
}
