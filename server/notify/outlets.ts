import type { Language } from '@rondo/shared/words/inLanguage.ts';
import { inEnglish, type Said, said } from '@rondo/shared/words/said.ts';
import type { Message } from './words.ts';

/** The message was not taken. The text says why, in plain words (a record of them is said in any language); `final`: trying again would not help. */
export class NotTaken extends Error {
  readonly final: boolean;
  constructor(words: Said, final = false) {
    super(inEnglish(words));
    this.final = final;
  }
}

/** Where a webhook goes, and what it is signed with (`whsec_…`). */
export interface WebhookTarget {
  url: string;
  secret: string;
}

/** Who gets an e-mail, and in which language. */
export interface Addressee {
  email: string;
  language: Language;
}

/** The ways out of the installation. Both throw `NotTaken` when the message did not arrive. */
export interface Outlets {
  /** undefined: no mail server is configured */
  mail: ((to: Addressee, message: Message, id: string) => Promise<void>) | undefined;
  webhook(target: WebhookTarget, message: Message, id: string): Promise<void>;
  close(): Promise<void>;
}

/** Of a process that sends nothing. */
export const noOutlets: Outlets = {
  mail: undefined,
  webhook: async () => {
    throw new NotTaken(said('sending.noOutlet'));
  },
  close: async () => undefined,
};
