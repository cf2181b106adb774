import type { Problem } from '@rondo/shared/oas/problems.ts';
import { validate } from '@rondo/shared/oas/validate.ts';
import { useEffect, useRef, useState } from 'react';
import { useStore } from 'zustand';
import type { EditorPage } from './EditorContext.tsx';

/**
 * The problems of the document, checked a moment after the last change. A document that takes long to check is checked
 * less often, so that drawing stays quick. They are put on the cards too.
 */
export function useProblems(page: EditorPage): readonly Problem[] {
  const tree = useStore(page.editor.store, (state) => state.tree);
  const [problems, setProblems] = useState<readonly Problem[]>([]);
  const cost = useRef(0);
  useEffect(() => {
    const timer = setTimeout(
      () => {
        const began = performance.now();
        const found = validate(tree);
        cost.current = performance.now() - began;
        const byStep = new Map<string, readonly Problem[]>();
        for (const problem of found) {
          if (problem.componentId === undefined) continue;
          byStep.set(problem.componentId, [...(byStep.get(problem.componentId) ?? []), problem]);
        }
        const before = page.marks.getState().problems;
        // lists that did not change stay the same objects, so that their cards are not drawn again
        for (const [id, list] of byStep) {
          const old = before.get(id);
          if (old && JSON.stringify(old) === JSON.stringify(list)) byStep.set(id, old);
        }
        page.marks.setState({ problems: byStep });
        setProblems(found);
      },
      Math.min(1_500, 200 + cost.current * 4),
    );
    return () => clearTimeout(timer);
  }, [tree, page]);
  return problems;
}
