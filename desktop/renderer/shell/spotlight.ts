import { createSpotlight } from '@mantine/spotlight';

/** The search of the whole program: what it shows, and how it is opened and closed. */
export const [searchStore, search] = createSpotlight();

/**
 * Enter takes the entry that is marked. The library marks the first one when the words change; entries that come
 * from the server later take the mark away with the entries that go. This marks the first one again.
 */
export function markFirstFound(): void {
  const { listId } = searchStore.getState();
  const list = listId === '' ? null : document.getElementById(listId);
  if (!list || list.querySelector('[data-selected]')) return;
  list.querySelector('[data-action]')?.setAttribute('data-selected', 'true');
  searchStore.updateState((state) => ({ ...state, selected: 0 }));
}
