import type { Outputs } from '../../api/queries.ts';

/** A schedule as the list has it. */
export type Schedule = Outputs['schedule']['list']['schedules'][number];

/** What a dialog of the list is open for. */
export type Asking = { what: 'new' } | { what: 'edit' | 'ledger' | 'remove'; schedule: Schedule };
