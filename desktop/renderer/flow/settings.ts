import type { FlowLimits, FlowSettings } from '@rondo/shared/runs/settings.ts';

/** Settings while they are edited: a field that was emptied is there and undefined. */
export type EditedSettings = { [K in Exclude<keyof FlowSettings, 'limits'>]?: FlowSettings[K] | undefined } & {
  limits?: { [K in keyof FlowLimits]?: FlowLimits[K] | undefined } | undefined;
};

/** Settings as they are sent: what is left empty, and what is as everywhere else, is left out. */
export function settingsToSave({ limits, priority, retention, ...rest }: EditedSettings): FlowSettings {
  const { key, atOncePerKey, ...plain } = limits ?? {};
  const keyed = key?.trim() && atOncePerKey !== undefined ? { key: key.trim(), atOncePerKey } : {};
  const kept = filled({ ...plain, ...keyed });
  return {
    ...filled(rest),
    ...(Object.keys(kept).length > 0 && { limits: kept }),
    ...(priority !== undefined && priority !== 'normal' && { priority }),
    ...(retention && Object.keys(retention).length > 0 && { retention }),
  };
}

function filled(fields: { [field: string]: unknown }): { [field: string]: unknown } {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
}
