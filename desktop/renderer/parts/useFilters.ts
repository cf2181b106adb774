import { useDebouncedValue } from '@mantine/hooks';
import { useEffect, useRef, useState } from 'react';
import { useSearchParams } from 'wouter';

export interface Filters<N extends string> {
  params: URLSearchParams;
  /** what the address says; undefined where it says nothing */
  value: (name: N) => string | undefined;
  /** null or empty takes it out of the address */
  set: (name: N, value: string | null | undefined) => void;
  /** takes all of them out of the address; what else stands there stays */
  clear: () => void;
  /** how many are set, those that are only an order left out */
  count: number;
}

/**
 * Filters of a list that stand in the address, so that a list can be kept, sent, and found again by going back.
 * @param names all that the list knows
 * @param orders those of them that leave nothing out
 */
export function useFilters<N extends string>(names: readonly N[], orders: readonly N[] = []): Filters<N> {
  const [params, setParams] = useSearchParams();
  const change = (with_: (next: URLSearchParams) => void) =>
    setParams(
      (old) => {
        const next = new URLSearchParams(old);
        with_(next);
        return next;
      },
      { replace: true },
    );
  return {
    params,
    value: (name) => params.get(name)?.trim() || undefined,
    set: (name, value) =>
      change((next) => {
        if (value) next.set(name, value);
        else next.delete(name);
      }),
    clear: () =>
      change((next) => {
        for (const name of names) next.delete(name);
      }),
    count: names.filter((name) => !orders.includes(name) && params.get(name)).length,
  };
}

/** A text field whose words reach a filter once somebody pauses. What comes from elsewhere (going back) is shown. */
export function useTypedFilter(
  value: string | undefined,
  onChange: (text: string) => void,
): { typed: string; setTyped: (text: string) => void } {
  const [typed, setTyped] = useState(value ?? '');
  const [settled] = useDebouncedValue(typed.trim(), 250);
  const sent = useRef(value ?? '');
  const seen = useRef(value);
  useEffect(() => {
    if (settled !== sent.current && settled === typed.trim()) {
      sent.current = settled;
      onChange(settled);
    }
  });
  useEffect(() => {
    if (value === seen.current) return;
    seen.current = value;
    if ((value ?? '') === sent.current) return;
    sent.current = value ?? '';
    setTyped(value ?? '');
  }, [value]);
  return { typed, setTyped };
}
