/** Waits, unless the run is aborted first. @throws the abort's reason */
export function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    if (signal.aborted) {
      reject(signal.reason);
      return;
    }
    const timer = setTimeout(
      () => {
        signal.removeEventListener('abort', stop);
        resolve();
      },
      Math.max(0, milliseconds),
    );
    const stop = (): void => {
      clearTimeout(timer);
      reject(signal.reason);
    };
    signal.addEventListener('abort', stop, { once: true });
  });
}

/**
 * Does something within a time; its signal is aborted when that is over, and it is not waited for any longer.
 * @param tooLate what is thrown then
 * @throws also the outer signal's reason as soon as that is aborted
 */
export async function withTimeLimit<T>(
  milliseconds: number,
  tooLate: () => Error,
  outer: AbortSignal,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const own = new AbortController();
  const timer = setTimeout(() => own.abort(tooLate()), milliseconds);
  const stop = () => own.abort(outer.reason);
  outer.addEventListener('abort', stop, { once: true });
  if (outer.aborted) stop();
  const over = new Promise<never>((_, reject) => {
    const say = () => reject(own.signal.reason);
    own.signal.addEventListener('abort', say, { once: true });
    if (own.signal.aborted) say();
  });
  // It is looked at only while the work goes on.
  over.catch(() => undefined);
  try {
    return await Promise.race([work(own.signal), over]);
  } catch (error) {
    // A call that was broken off says so in words of its own: what counts is why.
    throw own.signal.aborted ? own.signal.reason : error;
  } finally {
    clearTimeout(timer);
    outer.removeEventListener('abort', stop);
  }
}
