import type { Outputs } from '../../api/queries.ts';

export type Person = Outputs['person']['list']['people'][number];
