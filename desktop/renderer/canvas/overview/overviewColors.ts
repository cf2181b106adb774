import type { Problem } from '@rondo/shared/oas/problems.ts';
import type { StepMarkState } from '../marks.ts';
import type { StepGroup } from '../stepKinds.ts';

/** The colours of the overview, as the colour scheme has them. */
export interface OverviewColors {
  surface: string;
  border: string;
  text: string;
  accent: string;
  ring: string;
  line: string;
  groups: Record<StepGroup, { sign: string; tint: string }>;
  states: Record<StepMarkState, string>;
  problems: Record<Problem['severity'], string>;
  font: string;
}

/** Reads the colours that hold for an element. */
export function overviewColors(element: Element): OverviewColors {
  const style = getComputedStyle(element);
  const color = (name: string) => style.getPropertyValue(name);
  const group = (name: StepGroup) => ({ sign: color(`--g-${name}`), tint: color(`--g-${name}-bg`) });
  return {
    surface: color('--r-surface'),
    border: color('--r-line-strong'),
    text: color('--r-text'),
    accent: color('--r-accent'),
    ring: color('--r-ring'),
    line: color('--r-edge'),
    groups: {
      people: group('people'),
      ai: group('ai'),
      logic: group('logic'),
      actions: group('actions'),
      edge: group('edge'),
      unknown: group('unknown'),
    },
    states: {
      queued: color('--s-off-dot'),
      running: color('--s-run-dot'),
      waiting: color('--s-wait-dot'),
      done: color('--s-ok-dot'),
      failed: color('--s-bad-dot'),
      skipped: color('--s-off-dot'),
      unreached: 'transparent',
    },
    problems: { error: color('--s-bad-dot'), warning: color('--s-wait-dot') },
    font: style.fontFamily,
  };
}
