import type { help as english } from '../en/help.ts';

/** Die Führung und die Seite mit den Wörtern, die man antrifft. */
export const help: Record<keyof typeof english, string> = {
  'tour.title': 'Rundgang',
  'tour.offer': 'Neu hier? Sechs kurze Stationen zeigen, wie ein Ablauf gezeichnet, getestet und gestartet wird.',
  'tour.start': 'Rundgang beginnen',
  'tour.refuse': 'Nicht jetzt',
  'tour.count': '{number} von {total}',
  'tour.back': 'Zurück',
  'tour.next': 'Weiter',
  'tour.skip': 'Rundgang beenden',
  'tour.done': 'Fertig',
  'tour.home.title': 'Alles hat seinen Platz.',
  'tour.home.words':
    'Die Startseite zeigt, was wartet, was läuft und was fehlgeschlagen ist. Die anderen Bereiche stehen an der Seite.',
  'tour.palette.title': 'Das sind die Schritte, die ein Ablauf haben kann.',
  'tour.palette.words':
    'Klicken Sie auf einen, um ihn hinter den ausgewählten Schritt zu setzen, oder ziehen Sie ihn an seine Stelle.',
  'tour.canvas.title': 'Hier wird der Ablauf gezeichnet, von links nach rechts.',
  'tour.canvas.words':
    'Eine Linie führt von jedem Schritt zum nächsten. Ziehen Sie an einem Punkt am Rand eines Schritts, um eine zu zeichnen.',
  'tour.inspector.title': 'Klicken Sie auf einen Schritt, um zu sagen, was er tut.',
  'tour.inspector.words':
    'Seine Felder öffnen sich rechts. Mit @ fügen Sie in einen Text den Wert eines früheren Schritts ein.',
  'tour.publish.title': 'Testen Sie ihn, dann veröffentlichen Sie ihn.',
  'tour.publish.words':
    'Ein Test führt aus, was gerade gezeichnet ist. Eine veröffentlichte Fassung können andere starten, und sie ändert sich nie.',
  'tour.inbox.title': 'Prüfungen kommen in den Posteingang.',
  'tour.inbox.words':
    'Ein Ablauf, der jemanden fragt, wartet, bis hier entschieden wird. Den Rundgang finden Sie in der Hilfe wieder.',
  'help.words': 'Wörter und was sie bedeuten',
  'help.words.sub': 'In je einem Satz.',
  'help.flow': 'Ablauf',
  'help.flow.means': 'Schritte in einer Reihenfolge, einmal gezeichnet und so oft gestartet, wie Sie wollen.',
  'help.step': 'Schritt',
  'help.step.means':
    'Etwas, das ein Ablauf tut: jemanden fragen, einen Text schreiben, entscheiden, einen Webdienst aufrufen.',
  'help.branch': 'Zweig',
  'help.branch.means':
    'Einer der Wege, die von einem Schritt weiterführen. Welcher gilt, entscheidet sich in jedem Lauf.',
  'help.value': 'Wert',
  'help.value.means': 'Etwas, das ein Schritt späteren gibt: ein Name, ein Betrag, ein Text, eine Datei.',
  'help.run': 'Lauf',
  'help.run.means': 'Ein einmal gestarteter Ablauf mit eigenen Werten. Nach einem Neustart geht er weiter, wo er war.',
  'help.review': 'Prüfung',
  'help.review.means':
    'Ein Formular, das ein Mensch ansieht und entscheidet. Der Lauf wartet darauf, so lange es dauert.',
  'help.draft': 'Entwurf',
  'help.draft.means': 'Der Ablauf, wie er gerade gezeichnet ist. Nur Tests führen ihn aus.',
  'help.version': 'Fassung',
  'help.version.means':
    'Der Ablauf, wie er veröffentlicht wurde. Sie ändert sich nie; begonnene Läufe bleiben bei ihrer.',
  'help.test': 'Gemerkter Test',
  'help.test.means': 'Werte zum Starten und erwartete Antworten, vor jedem Veröffentlichen ausprobiert.',
  'help.sample': 'Beispielwerte',
  'help.sample.means': 'Werte, die an einem Schritt hängen und in einem Test an seine Stelle treten.',
  'help.schedule': 'Zeitplan',
  'help.schedule.means': 'Startet einen Ablauf nach der Uhr.',
  'help.secret': 'Geheimnis',
  'help.secret.means':
    'Ein Schlüssel oder ein Passwort, das Schritte beim Namen nennen und das niemand wieder lesen kann.',
};
