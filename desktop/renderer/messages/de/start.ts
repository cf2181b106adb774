import type { start as english } from '../en/start.ts';

/** Das Formular hinter einem Link, für Menschen ohne Konto. */
export const start: Record<keyof typeof english, string> = {
  'start.gone': 'Dieses Formular kann nicht benutzt werden',
  'start.submit': 'Absenden',
  'start.signIn': 'Anmelden',
  'start.thanks': 'Vielen Dank',
  'start.received': 'Ihre Angaben sind angekommen.',
  'start.before': 'Das wurde schon gesendet; es wurde nicht doppelt gesendet.',
  'start.reference': 'Vorgangsnummer',
  'start.another': 'Noch etwas senden',
};
