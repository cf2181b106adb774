import type { RunEvent } from '@rondo/shared/runs/events.ts';

/** A step that a run finished, for the people who come after it. */
export interface TrailStep {
  path: string;
  name: string;
  nodeType: string;
  at: string;
  branch: string;
  ms: number;
}

/** The finished steps of a journal, in the order in which they ended. */
export function trailOf(events: readonly RunEvent[]): TrailStep[] {
  const started = new Map<string, { name: string; nodeType: string; at: string }>();
  const trail: TrailStep[] = [];
  for (const event of events) {
    if (event.kind === 'step_started') started.set(event.path, event);
    if (event.kind !== 'step_succeeded') continue;
    const start = started.get(event.path);
    trail.push({
      path: event.path,
      name: start?.name ?? event.path,
      nodeType: start?.nodeType ?? '',
      at: event.at,
      branch: event.branch,
      ms: start ? Math.max(0, Date.parse(event.at) - Date.parse(start.at)) : 0,
    });
  }
  return trail;
}
