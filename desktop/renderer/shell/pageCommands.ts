import type { Icon } from '@tabler/icons-react';
import { useEffect } from 'react';

/** Something that can be done on the page that is open: found in the search (Ctrl-K) and on the sheet of shortcuts. */
export interface PageCommand {
  id: string;
  /** what it does, in words */
  label: string;
  /** the heading under which it stands */
  group: string;
  description?: string | undefined;
  icon?: Icon | undefined;
  /** shortcuts, as `Mod+Shift+Z` (see `keys.ts`) */
  keys?: readonly string[] | undefined;
  /** only its keys make sense (walking with arrows): on the sheet, not in the search */
  keysOnly?: boolean | undefined;
  /** can it be done now? */
  enabled: () => boolean;
  run: () => void;
}

const offers = new Set<() => readonly PageCommand[]>();

/** Everything that the open pages offer now. */
export function offeredCommands(): PageCommand[] {
  return [...offers].flatMap((offer) => offer());
}

/** Offers commands as long as the component is there. The list is asked for when somebody looks. */
export function useOfferedCommands(offer: () => readonly PageCommand[]): void {
  useEffect(() => {
    offers.add(offer);
    return () => {
      offers.delete(offer);
    };
  }, [offer]);
}
