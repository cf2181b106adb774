/** Where somebody was in a list: the pieces that were loaded, how high each is drawn, and how far it was scrolled. */
export interface ListPlace {
  cursors: readonly (string | undefined)[];
  /** pixels, by piece */
  heights: (number | undefined)[];
  top: number;
}

const places = new Map<string, ListPlace>();
const most = 20;

/** The place that was kept for a list; the list is named by its filter. It lasts as long as the window. */
export function keptPlace(list: string): ListPlace | undefined {
  return places.get(list);
}

export function keepPlace(list: string, place: ListPlace): void {
  places.delete(list);
  places.set(list, place);
  const [oldest] = places.keys();
  if (places.size > most && oldest !== undefined) places.delete(oldest);
}
