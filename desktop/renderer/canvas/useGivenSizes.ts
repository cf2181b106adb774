import { useStoreApi } from '@xyflow/react';
import { useState } from 'react';

const nothing = () => {};

/**
 * Keeps React Flow from measuring cards and handles when they come into view: their sizes and places are given with the
 * cards (see `sized`), also of those that are not drawn.
 */
export function useGivenSizes(): void {
  const store = useStoreApi();
  // before the cards are drawn for the first time
  useState(() => store.setState({ updateNodeInternals: nothing }));
}
