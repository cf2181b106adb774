import type { Problem } from '@rondo/shared/oas/problems.ts';
import type { RunView } from '@rondo/shared/runs/fold.ts';
import { createContext, useContext } from 'react';
import { useStore } from 'zustand';
import type { StoreApi } from 'zustand/vanilla';
import { createStore } from 'zustand/vanilla';

/** What a run has done with a step, as the canvas shows it. */
export type StepMarkState = 'queued' | 'running' | 'waiting' | 'done' | 'failed' | 'skipped' | 'unreached';

export interface StepMark {
  state: StepMarkState;
  /** how long it took, or has been waiting, in words */
  time: string;
  /** branches that were taken */
  branches: readonly string[];
  visits: number;
  /** what else the run says of the step now: which try, how many items; takes the place of the card's line */
  note?: string;
}

/** What is drawn on top of the cards: kept apart from them, so that a change of one mark draws one card anew. */
export interface Marks {
  problems: ReadonlyMap<string, readonly Problem[]>;
  run: ReadonlyMap<string, StepMark> | null;
  /** the run that is drawn: what went in and out is shown beside a card that is pointed at */
  values: RunView | null;
  /** the step from which a connection is being made with the keyboard */
  connectFrom: string | null;
}

export type MarksStore = StoreApi<Marks>;

export function createMarks(): MarksStore {
  return createStore<Marks>(() => ({ problems: new Map(), run: null, values: null, connectFrom: null }));
}

export const MarksContext = createContext<MarksStore | null>(null);

/** Reads one thing from the marks. @throws Error outside of a canvas */
export function useMarks<T>(select: (marks: Marks) => T): T {
  const store = useContext(MarksContext);
  if (!store) throw new Error('A step card stands outside of a canvas.');
  return useStore(store, select);
}

/** What a card can ask the canvas for; absent where it cannot be done. */
export interface CardActions {
  addAfter?: (node: string, branch: string, screen: { x: number; y: number }) => void;
  duplicate?: (node: string) => void;
  remove?: (node: string) => void;
  /** runs this step alone, for testing */
  tryOut?: (node: string) => void;
  /** tries the run that is shown again from this step */
  runAgain?: (node: string) => void;
}

export const CardActionsContext = createContext<CardActions>({});
