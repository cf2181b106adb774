/**
 * Sets the clock that JavaScript reads in this process (`Date`) ahead or back, for tests; the steady clock
 * (`performance.now()`, timers) goes on as it does on a machine whose clock is set.
 *
 * @param aheadMs asked each time that somebody wants to know the time
 * @returns puts the clock right again
 */
export function moveDate(aheadMs: () => number): () => void {
  const real = globalThis.Date;
  const now = () => Math.round(real.now() + aheadMs());
  globalThis.Date = new Proxy(real, {
    construct: (target, given, wanted) => Reflect.construct(target, given.length === 0 ? [now()] : given, wanted),
    apply: () => new real(now()).toString(),
    get: (target, name) => (name === 'now' ? now : Reflect.get(target, name)),
  });
  return () => {
    globalThis.Date = real;
  };
}
