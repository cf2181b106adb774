import type { fieldHelp as english } from '../en/fieldHelp.ts';

/** Hilfe neben Feldern der Zeichenfläche: ein, zwei Sätze und ein Beispiel, wo es ein gutes gibt. */
export const fieldHelp: Record<keyof typeof english, string> = {
  'fieldHelp.formula':
    'Berechnet aus den Werten, die hineingehen, einen Wert. Sie wird sofort mit den letzten echten Werten ausprobiert und zeigt, was herauskommt.',
  'fieldHelp.formula.example': 'Beispiel: $sum(lines.price) * 1.19',
  'fieldHelp.script':
    'JavaScript, das mit den hineingehenden Werten arbeitet und zurückgibt, was herauskommt. Es erreicht weder Dateien noch das Netz.',
  'fieldHelp.script.example': 'Beispiel: return amount > 1000 ? "groß" : "klein";',
  'fieldHelp.review.who':
    'Wer genannt ist, findet die Prüfung im Posteingang, und nur sie oder er entscheidet; Administratoren können einspringen. Ist niemand genannt, kann es jeder, der entscheiden darf.',
  'fieldHelp.review.who.example': "Ein Wert des Laufs kann die Person nennen: '{{ manager }}'",
  'fieldHelp.ai.prompt':
    'Was das Modell liest. Sagen Sie, was es schreiben soll, für wen und wie lang; Werte früherer Schritte stehen darin als Chips.',
  'fieldHelp.ai.prompt.example': 'Beispiel: Fasse den Antrag von @kunde in zwei Sätzen zusammen.',
  'fieldHelp.agent.prompt':
    'Was der Agent erreichen soll und was er nicht darf. Er arbeitet allein, bis er abgeben kann, was herauskommt.',
  'fieldHelp.agent.prompt.example': 'Beispiel: Finde die Bestellung dieses Kunden und sage, wann sie ankommt.',
  'fieldHelp.message.text': 'Was im Lauf gezeigt wird, während er weitergeht. Es fragt nichts.',
  'fieldHelp.message.text.example': 'Beispiel: Wir haben Ihre Reise nach @stadt gebucht.',
  'fieldHelp.question.text': 'Der Lauf wartet, bis die Person geantwortet hat, die ihn gestartet hat.',
  'fieldHelp.question.text.example': 'Beispiel: Auf welche Kostenstelle sollen wir das buchen?',
  'fieldHelp.web.url': 'Die Adresse, die aufgerufen wird, wo gewünscht mit Werten früherer Schritte.',
  'fieldHelp.web.url.example': 'Beispiel: https://api.example.com/orders/@order_id',
  'fieldHelp.web.body': 'Was mitgesendet wird. JSON wird als JSON gesendet, alles andere als Text.',
  'fieldHelp.web.body.example': 'Beispiel: \'{\' "name": "@kunde" \'}\'',
  'fieldHelp.web.outputs':
    'Was spätere Schritte von der Antwort verwenden können. Ein Name, der ein Feld der JSON-Antwort ist, ergibt dieses Feld.',
  'fieldHelp.web.outputs.example': 'Beispiel: total ergibt das Feld „total“.',
  'fieldHelp.decide.by': 'Der Wert, der sagt, welchen Weg der Lauf nimmt.',
  'fieldHelp.decide.by.example': 'Beispiel: die Entscheidung einer Prüfung.',
  'fieldHelp.decide.branches':
    'Was der Wert sein kann, und der Name des Weges, den er dann nimmt. Mehrere Werte können denselben Weg nehmen.',
  'fieldHelp.decide.branches.example': 'Beispiel: approve → buchen, reject → benachrichtigen.',
  'fieldHelp.model.url': 'Wo der Server des Modells erreicht wird, bis einschließlich seiner Version.',
  'fieldHelp.model.url.example': 'Beispiel: https://api.example.com/v1',
  'fieldHelp.model.id': 'Der Name, unter dem der Server das Modell kennt.',
  'fieldHelp.model.id.example': 'Beispiel: llama3.2',
  'fieldHelp.end.branch': 'Wenn ein anderer Ablauf diesen ausführt, geht er mit dem Namen des erreichten Endes weiter.',
  'fieldHelp.end.branch.example': 'Beispiel: genehmigt',
  'fieldHelp.start.inputs':
    'Was man zum Starten wissen muss. Daraus wird je ein Feld des Startformulars, ein Teil der Adresse eines Webaufrufs und ein Argument für andere Programme.',
  'fieldHelp.start.inputs.example': 'Beispiel: betrag, eine Zahl, die angegeben werden muss.',
  'fieldHelp.end.outputs': 'Was zurückbekommt, wer den Ablauf gestartet hat.',
  'fieldHelp.end.outputs.example': 'Beispiel: entscheidung, ein Text.',
  'fieldHelp.step.name':
    'Was auf der Karte, in der Liste der Schritte und in Läufen steht. Schritte eines Ablaufs heißen verschieden.',
  'fieldHelp.callback.name': 'Er verbindet die Adresse mit dem Warten desselben Namens.',
  'fieldHelp.callback.name.example': 'Beispiel: zahlung',
  'fieldHelp.file.name': 'Wie die Datei beim Herunterladen heißt. Werte früherer Schritte können darin stehen.',
  'fieldHelp.file.name.example': 'Beispiel: bericht.csv',
  'fieldHelp.step.description':
    'Wozu der Schritt da ist, für alle, die den Ablauf lesen. Auch andere Programme lesen es.',
  'fieldHelp.inputs': 'Die Werte, mit denen dieser Schritt arbeitet. Unter „Daten“ sagen Sie, woher jeder kommt.',
  'fieldHelp.inputs.example': 'Beispiel: betrag, eine Zahl.',
  'fieldHelp.outputs': 'Was dieser Schritt späteren gibt: ein Name und was für ein Wert es ist.',
  'fieldHelp.outputs.example': 'Beispiel: zusammenfassung, ein Text.',
  'fieldHelp.data.inputs':
    'Woher jeder Wert dieses Schritts kommt: ein früherer Schritt oder was gilt, wenn nichts gegeben ist.',
  'fieldHelp.data.outputs':
    'Was spätere Schritte verwenden können, was es im letzten Lauf war und welche Schritte es verwenden.',
  'fieldHelp.data.allLines':
    'Zeichnet eine Linie für jeden Wert, den ein Schritt von einem anderen nimmt. Es ändert nur das Bild.',
  'fieldHelp.property.required': 'Ist es aus, darf der Wert fehlen; dann gilt, was darunter steht.',
  'fieldHelp.property.default': 'Gilt, wenn nichts gegeben ist.',
  'fieldHelp.property.description':
    'Steht unter dem Feld, in das der Wert getippt wird; auch Modelle und andere Programme lesen es.',
  'fieldHelp.policy':
    'Was geschieht, wenn der Schritt fehlschlägt: wie oft er versucht wird, mit welchen Pausen und wie lange ein Versuch dauern darf.',
  'fieldHelp.policy.attempts': 'Der erste Versuch zählt mit. Ein fertiger Schritt wird nie wiederholt.',
  'fieldHelp.policy.when':
    'Ein überlasteter Server oder ein fehlendes Netz kann bald besser sein. Eine falsche Adresse kommt jedes Mal wieder.',
  'fieldHelp.policy.delay': 'Wie lange vor dem zweiten Versuch gewartet wird.',
  'fieldHelp.policy.maxDelay': 'Keine Pause zwischen zwei Versuchen ist länger.',
  'fieldHelp.policy.timeLimit': 'Ein Versuch, der länger dauert, gilt als fehlgeschlagen. Leer: so lange es dauert.',
  'fieldHelp.model':
    'Wer schreibt. Das Übungsmodell antwortet sofort und braucht keinen Schlüssel; die anderen werden unter einer Adresse oder mit einem Schlüssel Ihres Arbeitsbereichs erreicht.',
  'fieldHelp.review.title': 'Was im Posteingang steht. Werte des Laufs können darin stehen.',
  'fieldHelp.review.title.example': 'Beispiel: Antrag von @kunde über @betrag',
  'fieldHelp.review.form':
    'Was die Person sieht und ausfüllt. Was ausgefüllt wird, wird ein Wert für spätere Schritte.',
  'fieldHelp.review.form.example': 'Beispiel: den Betrag zeigen, nach einem Kommentar fragen.',
  'fieldHelp.review.buttons':
    'Die Möglichkeiten zu entscheiden: links, was auf der Schaltfläche steht, rechts der Wert, nach dem spätere Schritte gehen.',
  'fieldHelp.review.buttons.example': 'Beispiel: Genehmigen ergibt approve.',
  'fieldHelp.runFlow.detached':
    'Der andere Ablauf wird gestartet, und dieser geht mit der Kennung des Laufs weiter. Aus: Er wartet auf die Antwort.',
  'fieldHelp.subflow': 'Der Ablauf, den dieser Schritt in sich ausführt. Öffnen Sie ihn, um ihn zu zeichnen.',
  'fieldHelp.reducers': 'Wie aus den Antworten aller Einträge ein Wert wird: eine Liste, eine Summe, der größte.',
  'fieldHelp.tool.type':
    'Ein Werkzeug dieses Arbeitsbereichs, ein Webdienst, eines von einem MCP-Server oder eines, das die Laufzeit mitbringt.',
  'fieldHelp.tool.name': 'Der Name, unter dem es dort bekannt ist, wo es ausgeführt wird.',
  'fieldHelp.tool.description': 'Was das Werkzeug tut. Agenten wählen danach aus.',
  'fieldHelp.tool.choose':
    'Werkzeuge entstehen unter „Bibliothek“. Was hineingeht und herauskommt, wird von dort übernommen.',
  'fieldHelp.agent.type': 'Ein Agent dieses Ablaufs mit eigenem Modell, ein Team oder ein Agent, der anderswo läuft.',
  'fieldHelp.agent.tools':
    'Was der Agent verwenden darf, um sein Ziel zu erreichen. Er entscheidet selbst, was er wann verwendet.',
  'fieldHelp.wait.mode': 'Der Lauf ruht so lange und braucht nichts; er geht auch nach einem Neustart weiter.',
  'fieldHelp.wait.for': 'Gezählt ab dem Augenblick, in dem der Lauf zu diesem Schritt kommt.',
  'fieldHelp.wait.event':
    'Der Name dessen, was geschieht. Wer ein Ereignis dieses Namens sendet, lässt den Lauf weitergehen.',
  'fieldHelp.wait.event.example': 'Beispiel: bestellung.bezahlt',
  'fieldHelp.wait.key': 'Welches von mehreren Ereignissen des Namens gemeint ist.',
  'fieldHelp.wait.key.example': 'Beispiel: @bestellnummer',
  'fieldHelp.wait.fromValue': 'Der Zeitpunkt kommt aus einem früheren Schritt, als Text wie 2026-12-24T18:00:00Z.',
  'fieldHelp.wait.timeout':
    'Nach so langer Zeit geht der Lauf ohne das weiter, worauf er wartet. Leer: Er wartet, so lange es dauert.',
  'fieldHelp.web.method': 'GET liest, POST sendet etwas Neues; der Dienst sagt, was er erwartet.',
  'fieldHelp.web.query': 'Wird unter seinen Namen an die Adresse gehängt.',
  'fieldHelp.web.query.example': 'Beispiel: seite = 1',
  'fieldHelp.web.headers':
    'Wird unter seinen Namen mit dem Aufruf gesendet. Ein Schlüssel steht dort als Geheimnis Ihres Arbeitsbereichs.',
  'fieldHelp.web.headers.example': 'Beispiel: Accept-Language = de',
  'fieldHelp.file.mediaType': 'Was für eine Datei es ist, damit andere Programme sie richtig öffnen.',
  'fieldHelp.file.mediaType.example': 'Beispiel: text/csv',
  'fieldHelp.publish.note': 'Steht im Verlauf neben der Fassung.',
  'fieldHelp.publish.note.example': 'Beispiel: fragt ab 500 Euro die Leitung.',
  'fieldHelp.publish.tool':
    'Der Name, unter dem Assistenten den Ablauf finden. Er bleibt über Fassungen hinweg gleich.',
  'fieldHelp.assignee.groups': 'Alle in einer dieser Gruppen. Gruppen entstehen in der Verwaltung.',
  'fieldHelp.assignee.people': 'Personen dieses Arbeitsbereichs, mit ihren E-Mail-Adressen.',
  'fieldHelp.settings.atOnce': 'Weitere Läufe warten in der Schlange, bis einer geendet hat.',
  'fieldHelp.settings.perMinute': 'Weitere Läufe warten auf die nächste Minute.',
  'fieldHelp.test.name': 'Was er beweist, damit wer ihn scheitern sieht, weiß, was kaputt ist.',
  'fieldHelp.test.name.example': 'Beispiel: kleine Anträge brauchen keine Leitung',
  'fieldHelp.test.branch': 'Der Weg, den der Lauf von diesem Schritt nimmt.',
  'fieldHelp.test.end': 'Das Ende, das der Lauf erreichen muss.',
  'fieldHelp.test.fails': 'Der Test besteht, wenn der Lauf fehlschlägt, und scheitert sonst.',
  'fieldHelp.test.samples': 'Schritte mit angehefteter Probe werden nicht ausgeführt; das Angeheftete steht für sie.',
  'fieldHelp.sample.json': 'Die Werte, die der Schritt gibt, mit ihren Namen, und der Zweig, den er nimmt.',
  'fieldHelp.outline.branch': 'Der Ausgang des Schritts, an dem die Linie beginnt.',
  'fieldHelp.outline.next': 'Der Schritt, der auf diesem Weg als Nächstes kommt.',
  'fieldHelp.settings.sample': 'Eingaben als JSON; darunter steht der Schlüssel, den sie ergeben.',
};
