import type { JsonObject } from '@rondo/shared/oas/json.ts';
import { useEffect, useRef, useState } from 'react';
import type { FormulaAnswer, FormulaTask, Preview } from './formulaTask.ts';

const restMs = 150;
const longestMs = 1_500;

/**
 * What a formula gives with some values, worked out beside the page a moment after the last key; what takes too long
 * is ended. Null for an empty formula and until the first result.
 */
export function usePreview(source: string, values: JsonObject): Preview | null {
  const [preview, setPreview] = useState<Preview | null>(null);
  const worker = useRef<Worker>(null);
  const next = useRef(0);
  const given = JSON.stringify(values);
  useEffect(
    () => () => {
      worker.current?.terminate();
      worker.current = null;
    },
    [],
  );
  useEffect(() => {
    if (source.trim() === '') {
      setPreview(null);
      return;
    }
    let overrun: ReturnType<typeof setTimeout> | undefined;
    let running: Worker | null = null;
    const end = () => {
      running?.terminate();
      if (worker.current === running) worker.current = null;
    };
    const ask = () => {
      worker.current ??= new Worker(new URL('./formulaWorker.ts', import.meta.url), { type: 'module' });
      running = worker.current;
      next.current += 1;
      const task: FormulaTask = { id: next.current, source, values: JSON.parse(given) };
      overrun = setTimeout(() => {
        end();
        setPreview({ state: 'slow' });
      }, longestMs);
      running.onmessage = (event: MessageEvent<FormulaAnswer>) => {
        if (event.data.id !== task.id) return;
        clearTimeout(overrun);
        running = null;
        setPreview(
          event.data.ok ? { state: 'value', value: event.data.value } : { state: 'trouble', trouble: event.data.error },
        );
      };
      running.postMessage(task);
    };
    const rest = setTimeout(ask, restMs);
    return () => {
      clearTimeout(rest);
      clearTimeout(overrun);
      // one that is still at it would keep the next one waiting
      if (running) end();
    };
  }, [source, given]);
  return preview;
}
