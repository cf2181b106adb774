import type { RunEvent } from '@rondo/shared/runs/events.ts';
import type { RunView } from '@rondo/shared/runs/fold.ts';
import type { Words } from '../../messages/useT.ts';
import { stepState } from './stepState.ts';

/** How much faster than it was a run is played. */
export const speeds = [0.5, 1, 2, 5, 20] as const;

/** No event is passed by quicker than an eye can follow, and nobody waits for a review that took days. */
const shortest = 120;
const longest = 1500;

/** How long to stay at an event before the next one, in milliseconds. */
export function waitBefore(at: string | undefined, next: string | undefined, speed: number): number {
  const between = at === undefined || next === undefined ? 0 : Date.parse(next) - Date.parse(at);
  return Math.min(longest, Math.max(shortest, between)) / speed;
}

/** What an event did, in words: the step and how it stands then; an empty text for what is of no step. */
export function happeningWords(event: RunEvent | undefined, view: RunView, t: Words): string {
  if (!event || !('path' in event)) return '';
  const step = view.steps.find((one) => one.path === event.path);
  return step ? t('testing.scrub.step', { name: step.name, state: t(`runs.step.${stepState(step)}`) }) : '';
}
