import type { merge as english } from '../en/merge.ts';

/** Zwei Stände eines Ablaufs zusammenführen: Import in einen Ablauf, und Änderungen, die auf die anderer trafen. */
export const merge: Record<keyof typeof english, string> = {
  'merge.importInto': 'In diesen Ablauf importieren …',
  'merge.dropHere': 'Datei loslassen, um sie mit diesem Ablauf zusammenzuführen',
  'merge.import.title': '„{file}“ mit diesem Ablauf zusammenführen',
  'merge.import.help':
    'Was nur die Datei geändert hat, kommt herein; was nur der Entwurf geändert hat, bleibt. Wo beide dasselbe geändert haben, wählen Sie.',
  'merge.import.base': 'Die Datei entstand aus',
  'merge.import.baseHelp': 'Nur was die Datei seither geändert hat, kommt herein.',
  'merge.import.gesture': 'Dem Entwurf nach Änderung {number}',
  'merge.import.foreign':
    'Diese Datei hat mit diesem Ablauf nichts gemeinsam. Importieren Sie sie auf der Seite aller Abläufe als eigenen Ablauf.',
  'merge.import.same': 'Die Datei ändert nichts am Entwurf.',
  'merge.import.label': '{file} hereinnehmen',
  'merge.import.done': '„{file}“ ist im Entwurf. Rückgängig nimmt es wieder heraus.',
  'merge.import.apply': 'In den Entwurf übernehmen',
  'merge.import.unreadable': '„{file}“ ist nicht als Ablauf lesbar: {message}',
  'merge.import.tooLarge': 'Die Datei ist zu groß: höchstens 8 MB.',
  'merge.held.title': 'Jemand anderes hat dasselbe geändert',
  'merge.held.help':
    'Ihre Änderung „{label}“ wurde nicht angenommen. Von den anderen geht nichts verloren; wählen Sie, was bleibt.',
  'merge.held.apply': 'Das behalten',
  'merge.refused.title': 'Ihre Änderung wurde nicht angenommen',
  'merge.refused.again': 'Erneut versuchen',
  'merge.giveUp': 'Meine Änderung aufgeben',
  'merge.giveUp.sure': '„{label}“ aufgeben?',
  'merge.giveUp.words': 'Sie ist nicht im Entwurf und lässt sich nicht zurückholen.',
  'merge.conflicts':
    '{count, plural, =0 {Nichts zu entscheiden} one {# Stelle wurde von beiden geändert} other {# Stellen wurden von beiden geändert}}',
  'merge.progress': '{done} von {count} entschieden',
  'merge.allDraft': 'Alles wie im Entwurf',
  'merge.allFile': 'Alles wie in der Datei',
  'merge.allMine': 'Alles von mir',
  'merge.allTheirs': 'Alles von den anderen',
  'merge.side.base': 'Es war',
  'merge.side.draft': 'Im Entwurf',
  'merge.side.file': 'In der Datei',
  'merge.side.mine': 'Meines',
  'merge.side.theirs': 'Das der anderen',
  'merge.removedHere': 'entfernt',
  'merge.changedHere': 'geändert',
  'merge.removed': '„{name}“ wurde auf einer Seite entfernt und auf der anderen geändert.',
  'merge.unsound': 'Beide Änderungen zusammen gehen nicht: {message}',
  'merge.movedTwice':
    '{count, plural, one {# Schritt wurde von beiden verschoben und bleibt} other {# Schritte wurden von beiden verschoben und bleiben}}, wo der Entwurf {count, plural, one {ihn} other {sie}} hat.',
};
