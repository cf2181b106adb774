import { createStore } from 'zustand/vanilla';

/** Where the tour stands: the stop that is shown, or null where it is not under way. */
export const tourStore = createStore<{ at: number | null }>(() => ({ at: null }));

/** Begins the tour, from its first stop. */
export const startTour = (): void => tourStore.setState({ at: 0 });

/** The place in the browser's storage that remembers, for a person on this device, that the tour is not offered. */
export const tourKey = (userId: string): string => `rondo.tour.${userId}`;
