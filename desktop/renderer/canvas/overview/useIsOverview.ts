import { useStoreApi } from '@xyflow/react';
import { useEffect, useState } from 'react';
import { levelOf, readableZoom } from '../levels.ts';
import { largeFlow } from './overview.ts';

/** How long, in ms, a zoom has to rest until cards take the place of the picture. */
const rest = 150;

/**
 * Is a flow of so many cards drawn as an overview? It is from where nothing can be read; whoever zooms in from there
 * sees the picture grow, and gets the cards when the zoom rests (to make hundreds of them holds up a frame or two), at
 * the latest where they show more than their names.
 */
export function useIsOverview(count: number): boolean {
  const store = useStoreApi();
  const [isAfar, setAfar] = useState(() => store.getState().transform[2] < readableZoom);
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    let last: number | undefined;
    const look = () => {
      const zoom = store.getState().transform[2];
      if (zoom === last) return;
      last = zoom;
      clearTimeout(timer);
      if (zoom < readableZoom) setAfar(true);
      else if (levelOf(zoom) !== 'far') setAfar(false);
      else timer = setTimeout(() => setAfar(false), rest);
    };
    look();
    const stop = store.subscribe(look);
    return () => {
      stop();
      clearTimeout(timer);
    };
  }, [store]);
  return isAfar && count > largeFlow;
}
