import type { journalTexts as english } from '@rondo/shared/words/journalTexts.ts';

/** Sätze aus Laufprotokollen und der Liste der Auslösungen. */
export const journalTexts: { [Key in keyof typeof english as `said.${Key}`]: string } = {
  'said.failure.runTime': 'Der Lauf dauerte länger als sein Limit von {seconds} s.',
  'said.failure.stepTime': '„{step}“ dauerte länger als das Limit von {seconds} s.',
  'said.failure.noAnswer': '{address} hat nicht rechtzeitig geantwortet.',
  'said.failure.unreached': '{address} ist nicht erreichbar ({code}).',
  'said.failure.modelUnreached': '{model} ist nicht erreichbar.',
  'said.failure.status': '{method} {address} antwortete mit Status {status}{reason}.',
  'said.failure.input': '„{step}“ braucht einen Wert für „{title}“, und kein Schritt davor hat einen ergeben.',
  'said.failure.output': 'In der Antwort an „{step}“ fehlt „{title}“.',
  'said.failure.declined': 'Die Benutzung von „{tool}“ wurde abgelehnt.',
  'said.failure.toolMissing': 'Das Werkzeug „{tool}“ von „{step}“ ist auf diesem Server nicht bekannt.',
  'said.failure.modelMissing': '„{step}“ nennt kein Modell.',
  'said.failure.agentModelMissing': 'Der Agent von „{step}“ nennt kein Modell.',
  'said.failure.childCancelled': 'Der Lauf von „{flow}“ wurde abgebrochen.',
  'said.failure.takeovers':
    'Der ausführende Prozess endete {count}-mal, bevor ein Schritt fertig war; es wird nicht erneut versucht.',
  'said.fire.archived': 'der Ablauf ist im Archiv',
  'said.fire.unpublished': 'der Ablauf ist nicht veröffentlicht',
  'said.fire.before': 'der Lauf {number} davor ist noch nicht beendet',
  'said.fire.late': 'der Server war aus, als es fällig war',
  'said.fire.off': 'der Server war aus',
  'said.fire.offUntil': 'der Server war aus; auch die Auslösungen von da an bis {until} wurden übersprungen',
  'said.fire.timeChanged': 'die Zeit wurde vorher geändert',
  'said.fire.turnedOff': 'er wurde vorher ausgeschaltet',
  'said.fire.flowDeleted': 'der Ablauf wurde vorher gelöscht',
  'said.fire.flowArchived': 'der Ablauf wurde vorher archiviert',
  'said.fire.byHand': 'jetzt gestartet von {person}',
};
