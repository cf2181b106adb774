/** ms until what failed is tried again: the first time, the second, … */
const retryAfter = [1_000, 2_000, 4_000, 8_000, 15_000];

interface Work {
  /** what is to be done next; undefined = nothing */
  next(): (() => Promise<void>) | undefined;
  onBusy(): void;
  onFailure(): void;
  /** all is done */
  onRest(): void;
  /** trying it again would bring the same, until somebody does something */
  isFinal(error: unknown): boolean;
}

export interface PatientLoop {
  /** Works off all that there is to do; joins what goes on. Resolves at the end, or when a task failed. */
  pump(): Promise<void>;
  isWorking(): boolean;
  /** What failed is not tried again by itself any more. */
  close(): void;
}

/** Does one task after the other. When one fails it is tried again later, more and more patiently. */
export function createPatientLoop({ next, onBusy, onFailure, onRest, isFinal }: Work): PatientLoop {
  let working: Promise<void> | null = null;
  let closed = false;
  let failures = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;

  function pump(): Promise<void> {
    if (working) return working;
    clearTimeout(timer);
    timer = undefined;
    working = work();
    return working;
  }

  async function work(): Promise<void> {
    // whoever asks before its end is sent with the rest; whoever asks after it begins anew
    await null;
    try {
      await workOff();
    } finally {
      working = null;
    }
  }

  async function workOff(): Promise<void> {
    for (let task = next(); task; task = next()) {
      onBusy();
      try {
        await task();
        failures = 0;
      } catch (error) {
        onFailure();
        if (isFinal(error)) return;
        const wait = retryAfter[Math.min(failures, retryAfter.length - 1)] ?? 15_000;
        failures += 1;
        if (!closed) timer = setTimeout(() => void pump(), wait);
        return;
      }
    }
    if (!closed) onRest();
  }

  return {
    pump,
    isWorking: () => working !== null,
    close() {
      closed = true;
      clearTimeout(timer);
    },
  };
}
