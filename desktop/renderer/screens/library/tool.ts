import type { Outputs } from '../../api/queries.ts';

export type Tool = Outputs['tool']['list']['tools'][number];
