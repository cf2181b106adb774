import type { FlowSettings } from '@rondo/shared/runs/settings.ts';

/** Settings as they are sent: what is left empty, and what is as everywhere else, is left out. */
export function settingsToSave({ limits, priority, retention, ...rest }: FlowSettings): FlowSettings {
  const { key, atOncePerKey, ...plain } = limits ?? {};
  const keyed = key?.trim() && atOncePerKey !== undefined ? { key: key.trim(), atOncePerKey } : {};
  const kept = Object.fromEntries(Object.entries({ ...plain, ...keyed }).filter(([, value]) => value !== undefined));
  return {
    ...rest,
    ...(Object.keys(kept).length > 0 && { limits: kept }),
    ...(priority !== undefined && priority !== 'normal' && { priority }),
    ...(retention && Object.keys(retention).length > 0 && { retention }),
  };
}
