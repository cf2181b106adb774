/** How much a card can show at a zoom: the smaller it is drawn, the larger and the fewer its words. */
export const levelOf = (zoom: number) => (zoom < 0.62 ? 'far' : zoom < 0.85 ? 'mid' : 'near');

/** Below this the names on the cards cannot be read any more. */
export const readableZoom = 0.35;
