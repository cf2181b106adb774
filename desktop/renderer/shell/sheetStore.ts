import { createStore } from 'zustand/vanilla';

/** Is the sheet of shortcuts open? Any page may open it. */
export const sheetStore = createStore<{ opened: boolean }>(() => ({ opened: false }));
