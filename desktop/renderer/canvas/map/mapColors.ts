import type { StepGroup } from '../stepKinds.ts';

/** The colours of the map, as the colour scheme has them. */
export interface MapColors {
  veil: string;
  blocks: Record<StepGroup | 'note' | 'frame', string>;
}

/** Reads the colours that hold for an element. */
export function mapColors(element: Element): MapColors {
  const style = getComputedStyle(element);
  const color = (name: string) => style.getPropertyValue(name);
  const faint = (name: string, percent: number) => `color-mix(in srgb, ${color(name)} ${percent}%, transparent)`;
  return {
    veil: color('--r-map-mask'),
    blocks: {
      people: color('--s-wait-dot'),
      ai: color('--g-ai'),
      logic: color('--g-logic'),
      actions: color('--g-actions'),
      edge: faint('--g-edge', 50),
      unknown: faint('--g-unknown', 50),
      note: faint('--s-wait-dot', 40),
      frame: faint('--r-line', 60),
    },
  };
}
