import { createContext } from 'react';

/** Flows of more steps than this are drawn with what is in view only, and from afar as an overview. */
export const largeFlow = 150;

/** Is the flow drawn as an overview: its cards without what could not be read, its lines in one picture? */
export const OverviewContext = createContext(false);
