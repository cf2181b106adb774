import type { FlowLine } from '../steps.ts';
import { branchHandle, inHandle } from '../steps.ts';
import type { Group } from './frames.ts';

/** The way out of a folded group. */
export const foldedOut = branchHandle('next');

/**
 * The lines of a flow in which some groups are folded: lines into and out of a group become its own, lines inside are
 * not seen.
 */
export function foldedLines(lines: readonly FlowLine[], groups: readonly Group[]): FlowLine[] {
  const home = new Map<string, string>();
  for (const group of groups) if (group.folded) for (const step of group.steps) home.set(step, group.id);
  if (home.size === 0) return [...lines];
  const seen = new Set<string>();
  return lines.flatMap((line): FlowLine[] => {
    const source = home.get(line.source);
    const target = home.get(line.target);
    if (source === undefined && target === undefined) return [line];
    if (source === target) return [];
    const moved = {
      ...line,
      ...(source === undefined ? {} : { source, sourceHandle: line.type === 'data' ? 'data-out' : foldedOut }),
      ...(target === undefined ? {} : { target, targetHandle: line.type === 'data' ? 'data-in' : inHandle }),
    } as FlowLine;
    // several lines between the same two places look like one
    const key = [line.type, moved.source, moved.sourceHandle, moved.target].join('\u0000');
    if (seen.has(key)) return [];
    seen.add(key);
    return [moved];
  });
}
