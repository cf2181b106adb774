import type { Json } from '@rondo/shared/oas/json.ts';
import { largeValueOf } from '@rondo/shared/runs/largeValue.ts';

/** The values that a form can begin with: large ones stand by reference only, and are left for the person to give. */
export function valuesAtHand(values: { [name: string]: Json }): { [name: string]: Json } {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => !largeValueOf(value)));
}
