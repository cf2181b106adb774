import type { MessageKey } from '../messages/catalogue.ts';

/** What is told about a field: one or two plain sentences, and an example where there is a good one. */
export interface Help {
  words: MessageKey;
  example?: MessageKey;
}
