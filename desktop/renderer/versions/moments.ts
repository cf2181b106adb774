/**
 * A state of a flow that can be looked at, as it stands in the address: `draft`, `v3` (a version), `g17` (the draft
 * after its gesture 17; `g0` = as it was made), `nothing` (an empty flow).
 */
export type Moment = 'draft' | 'nothing' | `v${number}` | `g${number}`;

/** Reads a moment; undefined for what is none. */
export function momentOf(text: string | null): Moment | undefined {
  if (text === 'draft' || text === 'nothing') return text;
  return text !== null && /^[vg]\d{1,9}$/.test(text) ? (text as Moment) : undefined;
}

/** The number of a version, or of a gesture; undefined for other moments. */
export function numberOf(moment: Moment, kind: 'v' | 'g'): number | undefined {
  return moment.startsWith(kind) && moment !== 'nothing' ? Number(moment.slice(1)) : undefined;
}
