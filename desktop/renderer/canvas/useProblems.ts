import type { Problem } from '@rondo/shared/oas/problems.ts';
import { useEffect, useState } from 'react';
import { useStore } from 'zustand';
import type { Checker } from './checker.ts';
import { startChecker } from './checker.ts';
import type { EditorPage } from './EditorContext.tsx';

/**
 * The problems of the document, checked a moment after the last change in a thread of its own. They are put on the
 * cards too.
 */
export function useProblems(page: EditorPage): readonly Problem[] {
  const tree = useStore(page.editor.store, (state) => state.tree);
  const [problems, setProblems] = useState<readonly Problem[]>([]);
  const [checker, setChecker] = useState<Checker | null>(null);
  useEffect(() => {
    const started = startChecker();
    setChecker(started);
    return () => started.close();
  }, []);
  useEffect(() => {
    if (!checker) return;
    let current = true;
    const timer = setTimeout(() => {
      checker.check(tree).then(
        (found) => {
          if (!current) return;
          markCards(page, found);
          setProblems(found);
        },
        (error: unknown) => console.error('The document could not be checked.', error),
      );
    }, 200);
    return () => {
      current = false;
      clearTimeout(timer);
    };
  }, [tree, page, checker]);
  return problems;
}

function markCards(page: EditorPage, found: readonly Problem[]): void {
  const byStep = new Map<string, Problem[]>();
  for (const problem of found) {
    if (problem.componentId === undefined) continue;
    const list = byStep.get(problem.componentId);
    if (list) list.push(problem);
    else byStep.set(problem.componentId, [problem]);
  }
  const before = page.marks.getState().problems;
  const marks = new Map<string, readonly Problem[]>(byStep);
  // lists that did not change stay the same objects, so that their cards are not drawn again
  for (const [id, list] of byStep) {
    const old = before.get(id);
    if (old && JSON.stringify(old) === JSON.stringify(list)) marks.set(id, old);
  }
  page.marks.setState({ problems: marks });
}
