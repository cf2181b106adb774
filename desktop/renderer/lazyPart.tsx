import { type ComponentType, use } from 'react';

/** A part of the client that is loaded when it is first needed. */
export interface LazyPart<P> {
  /** starts to load it, or gives the load that goes on or has ended; a failed load is tried again at the next call */
  load(): Promise<ComponentType<P>>;
}

/** Makes a part out of what imports it. */
export function lazyPart<P extends object>(load: () => Promise<ComponentType<P>>): LazyPart<P> {
  let loading: Promise<ComponentType<P>> | undefined;
  return {
    load() {
      if (loading) return loading;
      const begun = load();
      begun.then(
        // how React knows that nothing has to be waited for
        (value) => Object.assign(begun, { status: 'fulfilled', value }),
        () => {
          loading = undefined;
        },
      );
      loading = begun;
      return begun;
    },
  };
}

/**
 * Draws a part. Unlike with React's own `lazy`, one that has been loaded ahead is drawn at once: without a fallback,
 * which React would leave up for 300 ms at least.
 */
export function LoadedPart<P extends object>({ part, props }: { part: LazyPart<P>; props: P }) {
  const Part = use(part.load());
  return <Part {...props} />;
}
