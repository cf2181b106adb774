import type { steps as english } from '../en/steps.ts';

/** Wörter von Schritten, die auch außerhalb der Zeichenfläche zu lesen sind. */
export const steps: Record<keyof typeof english, string> = {
  'canvas.new.approve': 'Genehmigen',
  'canvas.new.reject': 'Ablehnen',
  'canvas.kind.start': 'Start',
  'canvas.kind.end': 'Ende',
};
