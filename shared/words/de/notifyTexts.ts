import type { notifyTexts as english } from '../notifyTexts.ts';

/** Worüber man benachrichtigt wird, in der App und per E-Mail. */
export const notifyTexts: { [Key in keyof typeof english as `said.${Key}`]: string } = {
  'said.told.failed': '{subject} ist gescheitert',
  'said.told.failed.times': '{subject} ist {count}-mal gescheitert',
  'said.told.waits': '{subject} wartet seit Langem auf einen Menschen',
  'said.told.waits.several': '{count} Prüfungen von {subject} warten seit Langem',
  'said.told.missed': '{subject} hat den Zeitpunkt verpasst',
  'said.told.missed.times': '{subject} hat den Zeitpunkt {count}-mal verpasst',
  'said.told.run.failed': 'Lauf {number}: {reason}',
  'said.told.run.waits': 'Lauf {number}: „{title}“ wartet auf einen Menschen.',
  'said.told.fire.skipped': 'Übersprungen (fällig {due}): {reason}',
  'said.told.fire.caughtUp': 'Später nachgeholt (fällig {due}): {reason}',
  'said.told.fire.noReason': 'ein Grund ist nicht festgehalten',
  'said.told.more': 'und {count} weitere',
  'said.told.settings': 'Worüber Sie benachrichtigt werden',
  'said.told.test': 'Eine Nachricht von Rondo, zum Ausprobieren',
  'said.told.test.nothing': 'Nichts ist gescheitert.',
};
