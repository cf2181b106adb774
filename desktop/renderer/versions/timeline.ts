/** A version as the history has it. */
export interface VersionItem {
  number: number;
  note: string;
  publishedByName: string;
  publishedAt: string;
  hash: string;
}

export interface GestureItem {
  seq: number;
  at: string;
  actorName: string;
  label: string;
  kind: 'edit' | 'undo' | 'redo';
}

/** A stretch of the history: what was drawn after one version, up to the next (or up to now). */
export interface Stretch {
  /** the version that these gestures led to; null for the draft that no version holds yet */
  version: VersionItem | null;
  gestures: GestureItem[];
}

/** Versions and gestures as one history, the newest first. Both lists come the newest first. */
export function timeline(versions: readonly VersionItem[], gestures: readonly GestureItem[]): Stretch[] {
  const stretches: Stretch[] = [
    { version: null, gestures: [] },
    ...versions.map((version) => ({ version, gestures: [] })),
  ];
  for (const gesture of gestures) {
    // the oldest version that was published after the gesture holds it
    let holder = 0;
    while (holder < versions.length && Date.parse(versions[holder]?.publishedAt ?? '') >= Date.parse(gesture.at))
      holder++;
    stretches[holder]?.gestures.push(gesture);
  }
  return stretches;
}
