import type { find as english } from '../en/find.ts';

/** Suchen und Ersetzen in einem Ablauf. */
export const find: Record<keyof typeof english, string> = {
  'commands.find': 'In diesem Ablauf suchen und ersetzen',
  'find.title': 'Suchen und ersetzen',
  'find.find': 'Suchen',
  'find.by': 'Ersetzen durch',
  'find.next': 'Nächste Stelle',
  'find.previous': 'Vorige Stelle',
  'find.close': 'Schließen',
  'find.replace': 'Ersetzen',
  'find.replaceAll': 'Alle {count}',
  'find.matchCase': 'Groß- und Kleinschreibung beachten',
  'find.count': '{count, plural, =0 {Nirgends gefunden} other {{at} von {count}}}',
  'find.places': 'Stellen',
  'find.wired': 'Steht für einen Wert; wird nicht ersetzt',
  'find.gesture.one': '„{text}“ ersetzen',
  'find.gesture.all': '„{text}“ überall ersetzen',
};
