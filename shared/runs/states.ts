/** The states of a run. Terminal states never change (G3). */
export const runStates = ['queued', 'running', 'waiting', 'succeeded', 'failed', 'cancelled'] as const;
export type RunState = (typeof runStates)[number];

export const terminalStates = ['succeeded', 'failed', 'cancelled'] as const satisfies readonly RunState[];

/** True for a state that never changes again. */
export function isTerminal(state: RunState): boolean {
  return (terminalStates as readonly RunState[]).includes(state);
}
