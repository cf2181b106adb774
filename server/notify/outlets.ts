import type { Message } from './words.ts';

/** The message was not taken. The text says why, in plain words; `final`: trying again would not help. */
export class NotTaken extends Error {
  readonly final: boolean;
  constructor(message: string, final = false) {
    super(message);
    this.final = final;
  }
}

/** Where a webhook goes, and what it is signed with (`whsec_…`). */
export interface WebhookTarget {
  url: string;
  secret: string;
}

/** The ways out of the installation. Both throw `NotTaken` when the message did not arrive. */
export interface Outlets {
  /** undefined: no mail server is configured */
  mail: ((to: string, message: Message, id: string) => Promise<void>) | undefined;
  webhook(target: WebhookTarget, message: Message, id: string): Promise<void>;
  close(): Promise<void>;
}

/** Of a process that sends nothing. */
export const noOutlets: Outlets = {
  mail: undefined,
  webhook: async () => {
    throw new NotTaken('This process sends no messages.');
  },
  close: async () => undefined,
};
