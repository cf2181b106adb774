import type { fieldHelp as english } from '../en/fieldHelp.ts';

/** Hilfe neben Feldern: ein, zwei Sätze und ein Beispiel, wo es ein gutes gibt. */
export const fieldHelp: Record<keyof typeof english, string> = {
  'help.formula':
    'Berechnet aus den Werten, die hineingehen, einen Wert. Sie wird sofort mit den letzten echten Werten ausprobiert und zeigt, was herauskommt.',
  'help.formula.example': 'Beispiel: $sum(lines.price) * 1.19',
  'help.script':
    'JavaScript, das mit den hineingehenden Werten arbeitet und zurückgibt, was herauskommt. Es erreicht weder Dateien noch das Netz.',
  'help.script.example': 'Beispiel: return amount > 1000 ? "groß" : "klein";',
  'help.review.who':
    'Wer genannt ist, findet die Prüfung im Posteingang, und nur sie oder er entscheidet; Administratoren können einspringen. Ist niemand genannt, kann es jeder, der entscheiden darf.',
  'help.review.who.example': "Ein Wert des Laufs kann die Person nennen: '{{ manager }}'",
  'help.ai.prompt':
    'Was das Modell liest. Sagen Sie, was es schreiben soll, für wen und wie lang; Werte früherer Schritte stehen darin als Chips.',
  'help.ai.prompt.example': 'Beispiel: Fasse den Antrag von @kunde in zwei Sätzen zusammen.',
  'help.agent.prompt':
    'Was der Agent erreichen soll und was er nicht darf. Er arbeitet allein, bis er abgeben kann, was herauskommt.',
  'help.agent.prompt.example': 'Beispiel: Finde die Bestellung dieses Kunden und sage, wann sie ankommt.',
  'help.message.text': 'Was im Lauf gezeigt wird, während er weitergeht. Es fragt nichts.',
  'help.message.text.example': 'Beispiel: Wir haben Ihre Reise nach @stadt gebucht.',
  'help.question.text': 'Der Lauf wartet, bis die Person geantwortet hat, die ihn gestartet hat.',
  'help.question.text.example': 'Beispiel: Auf welche Kostenstelle sollen wir das buchen?',
  'help.web.url': 'Die Adresse, die aufgerufen wird, wo gewünscht mit Werten früherer Schritte.',
  'help.web.url.example': 'Beispiel: https://api.example.com/orders/@order_id',
  'help.web.body': 'Was mitgesendet wird. JSON wird als JSON gesendet, alles andere als Text.',
  'help.web.body.example': 'Beispiel: \'{\' "name": "@kunde" \'}\'',
  'help.web.outputs':
    'Was spätere Schritte von der Antwort verwenden können. Ein Name, der ein Feld der JSON-Antwort ist, ergibt dieses Feld.',
  'help.web.outputs.example': 'Beispiel: total ergibt das Feld „total“.',
  'help.decide.by': 'Der Wert, der sagt, welchen Weg der Lauf nimmt.',
  'help.decide.by.example': 'Beispiel: die Entscheidung einer Prüfung.',
  'help.decide.branches':
    'Was der Wert sein kann, und der Name des Weges, den er dann nimmt. Mehrere Werte können denselben Weg nehmen.',
  'help.decide.branches.example': 'Beispiel: approve → buchen, reject → benachrichtigen.',
  'help.model.url': 'Wo der Server des Modells erreicht wird, bis einschließlich seiner Version.',
  'help.model.url.example': 'Beispiel: https://api.example.com/v1',
  'help.model.id': 'Der Name, unter dem der Server das Modell kennt.',
  'help.model.id.example': 'Beispiel: llama3.2',
  'help.end.branch': 'Wenn ein anderer Ablauf diesen ausführt, geht er mit dem Namen des erreichten Endes weiter.',
  'help.end.branch.example': 'Beispiel: genehmigt',
  'help.start.inputs':
    'Was man zum Starten wissen muss. Daraus wird je ein Feld des Startformulars, ein Teil der Adresse eines Webaufrufs und ein Argument für andere Programme.',
  'help.start.inputs.example': 'Beispiel: betrag, eine Zahl, die angegeben werden muss.',
  'help.end.outputs': 'Was zurückbekommt, wer den Ablauf gestartet hat.',
  'help.end.outputs.example': 'Beispiel: entscheidung, ein Text.',
  'help.step.name':
    'Was auf der Karte, in der Liste der Schritte und in Läufen steht. Schritte eines Ablaufs heißen verschieden.',
  'help.callback.name': 'Er verbindet die Adresse mit dem Warten desselben Namens.',
  'help.callback.name.example': 'Beispiel: zahlung',
  'help.file.name': 'Wie die Datei beim Herunterladen heißt. Werte früherer Schritte können darin stehen.',
  'help.file.name.example': 'Beispiel: bericht.csv',
  'help.step.description': 'Wozu der Schritt da ist, für alle, die den Ablauf lesen. Auch andere Programme lesen es.',
  'help.inputs': 'Die Werte, mit denen dieser Schritt arbeitet. Unter „Daten“ sagen Sie, woher jeder kommt.',
  'help.inputs.example': 'Beispiel: betrag, eine Zahl.',
  'help.outputs': 'Was dieser Schritt späteren gibt: ein Name und was für ein Wert es ist.',
  'help.outputs.example': 'Beispiel: zusammenfassung, ein Text.',
  'help.data.inputs':
    'Woher jeder Wert dieses Schritts kommt: ein früherer Schritt oder was gilt, wenn nichts gegeben ist.',
  'help.data.outputs':
    'Was spätere Schritte verwenden können, was es im letzten Lauf war und welche Schritte es verwenden.',
  'help.data.allLines':
    'Zeichnet eine Linie für jeden Wert, den ein Schritt von einem anderen nimmt. Es ändert nur das Bild.',
  'help.property.required': 'Ist es aus, darf der Wert fehlen; dann gilt, was darunter steht.',
  'help.property.default': 'Gilt, wenn nichts gegeben ist.',
  'help.property.description':
    'Steht unter dem Feld, in das der Wert getippt wird; auch Modelle und andere Programme lesen es.',
  'help.policy':
    'Was geschieht, wenn der Schritt fehlschlägt: wie oft er versucht wird, mit welchen Pausen und wie lange ein Versuch dauern darf.',
  'help.policy.attempts': 'Der erste Versuch zählt mit. Ein fertiger Schritt wird nie wiederholt.',
  'help.policy.when':
    'Ein überlasteter Server oder ein fehlendes Netz kann bald besser sein. Eine falsche Adresse kommt jedes Mal wieder.',
  'help.policy.delay': 'Wie lange vor dem zweiten Versuch gewartet wird.',
  'help.policy.maxDelay': 'Keine Pause zwischen zwei Versuchen ist länger.',
  'help.policy.timeLimit': 'Ein Versuch, der länger dauert, gilt als fehlgeschlagen. Leer: so lange es dauert.',
  'help.model':
    'Wer schreibt. Das Übungsmodell antwortet sofort und braucht keinen Schlüssel; die anderen werden unter einer Adresse oder mit einem Schlüssel Ihres Arbeitsbereichs erreicht.',
  'help.review.title': 'Was im Posteingang steht. Werte des Laufs können darin stehen.',
  'help.review.title.example': 'Beispiel: Antrag von @kunde über @betrag',
  'help.review.form': 'Was die Person sieht und ausfüllt. Was ausgefüllt wird, wird ein Wert für spätere Schritte.',
  'help.review.form.example': 'Beispiel: den Betrag zeigen, nach einem Kommentar fragen.',
  'help.review.buttons':
    'Die Möglichkeiten zu entscheiden: links, was auf der Schaltfläche steht, rechts der Wert, nach dem spätere Schritte gehen.',
  'help.review.buttons.example': 'Beispiel: Genehmigen ergibt approve.',
  'help.runFlow.detached':
    'Der andere Ablauf wird gestartet, und dieser geht mit der Kennung des Laufs weiter. Aus: Er wartet auf die Antwort.',
  'help.subflow': 'Der Ablauf, den dieser Schritt in sich ausführt. Öffnen Sie ihn, um ihn zu zeichnen.',
  'help.reducers': 'Wie aus den Antworten aller Einträge ein Wert wird: eine Liste, eine Summe, der größte.',
  'help.tool.type':
    'Ein Werkzeug dieses Arbeitsbereichs, ein Webdienst, eines von einem MCP-Server oder eines, das die Laufzeit mitbringt.',
  'help.tool.name': 'Der Name, unter dem es dort bekannt ist, wo es ausgeführt wird.',
  'help.tool.description': 'Was das Werkzeug tut. Agenten wählen danach aus.',
  'help.tool.choose':
    'Werkzeuge entstehen unter „Bibliothek“. Was hineingeht und herauskommt, wird von dort übernommen.',
  'help.agent.type': 'Ein Agent dieses Ablaufs mit eigenem Modell, ein Team oder ein Agent, der anderswo läuft.',
  'help.agent.tools':
    'Was der Agent verwenden darf, um sein Ziel zu erreichen. Er entscheidet selbst, was er wann verwendet.',
  'help.wait.mode': 'Der Lauf ruht so lange und braucht nichts; er geht auch nach einem Neustart weiter.',
  'help.wait.for': 'Gezählt ab dem Augenblick, in dem der Lauf zu diesem Schritt kommt.',
  'help.wait.event':
    'Der Name dessen, was geschieht. Wer ein Ereignis dieses Namens sendet, lässt den Lauf weitergehen.',
  'help.wait.event.example': 'Beispiel: bestellung.bezahlt',
  'help.wait.key': 'Welches von mehreren Ereignissen des Namens gemeint ist.',
  'help.wait.key.example': 'Beispiel: @bestellnummer',
  'help.wait.fromValue': 'Der Zeitpunkt kommt aus einem früheren Schritt, als Text wie 2026-12-24T18:00:00Z.',
  'help.wait.timeout':
    'Nach so langer Zeit geht der Lauf ohne das weiter, worauf er wartet. Leer: Er wartet, so lange es dauert.',
  'help.web.method': 'GET liest, POST sendet etwas Neues; der Dienst sagt, was er erwartet.',
  'help.web.query': 'Wird unter seinen Namen an die Adresse gehängt.',
  'help.web.query.example': 'Beispiel: seite = 1',
  'help.web.headers':
    'Wird unter seinen Namen mit dem Aufruf gesendet. Ein Schlüssel steht dort als Geheimnis Ihres Arbeitsbereichs.',
  'help.web.headers.example': 'Beispiel: Accept-Language = de',
  'help.file.mediaType': 'Was für eine Datei es ist, damit andere Programme sie richtig öffnen.',
  'help.file.mediaType.example': 'Beispiel: text/csv',
  'help.group.members':
    'Wer in der Gruppe ist, findet ihre Prüfungen im Posteingang und darf ausführen, was die Gruppe ausführen darf.',
  'help.secret.value':
    'Er wird verschlüsselt aufbewahrt und nie wieder gezeigt. Schritte verwenden ihn über den Namen.',
  'help.key.days': 'Danach öffnet der Schlüssel nichts mehr. Einer ohne Ende gilt, bis er zurückgenommen wird.',
  'help.retention.values':
    'Was hineinging, herauskam und entschieden wurde. Der Lauf bleibt in der Liste, mit seinen Schritten und Zeiten.',
  'help.retention.journal': 'Danach bleibt von einem Lauf nichts übrig. Festgehaltene Läufe bleiben.',
  'help.folder': 'Ordner ordnen die Liste der Abläufe. Sie ändern weder, wer was darf, noch, was ein Ablauf tut.',
  'help.flow.name': 'Worunter man ihn sucht. Er lässt sich jederzeit ändern.',
  'help.retry.from': 'Was vor diesem Schritt getan wurde, wird übernommen und nicht noch einmal getan.',
  'help.retry.change': 'Die Werte des Laufs stehen in den Feldern; der neue Lauf bekommt, was Sie ändern.',
  'help.publish.note': 'Steht im Verlauf neben der Fassung.',
  'help.publish.note.example': 'Beispiel: fragt ab 500 Euro die Leitung.',
  'help.publish.tool': 'Der Name, unter dem Assistenten den Ablauf finden. Er bleibt über Fassungen hinweg gleich.',
  'help.assignee.groups': 'Alle in einer dieser Gruppen. Gruppen entstehen in der Verwaltung.',
  'help.assignee.people': 'Personen dieses Arbeitsbereichs, mit ihren E-Mail-Adressen.',
  'help.settings.atOnce': 'Weitere Läufe warten in der Schlange, bis einer geendet hat.',
  'help.settings.perMinute': 'Weitere Läufe warten auf die nächste Minute.',
  'help.rule.flow': 'Abläufe ohne eigene Regel folgen der Regel für alle anderen.',
  'help.rule.kinds': 'Wovon Sie erfahren möchten. Nichts gewählt: Dieser Ablauf ist still.',
  'help.rule.channels':
    'Die Glocke in der Anwendung, eine E-Mail an Ihre Adresse oder ein signierter Aufruf einer Adresse von Ihnen.',
  'help.rule.newSecret': 'Das alte Geheimnis gilt sofort nicht mehr; das neue wird nur dieses Mal gezeigt.',
  'help.form.title': 'Steht oben auf der Seite, die der Link öffnet.',
  'help.form.intro': 'Wozu das Formular da ist, wer es liest und was dann geschieht.',
  'help.form.signIn': 'Aus: Wer den Link hat, darf den Ablauf starten.',
  'help.webhook.verify':
    'Signierte Aufrufe kann niemand erfinden, der die Adresse findet. Wählen Sie, was das andere Programm kann.',
  'help.webhook.answer': 'Sofort ist meist richtig; warten Sie nur, wenn das andere Programm braucht, was herauskommt.',
  'help.webhook.seconds': 'Danach erfährt das andere Programm die Nummer des Laufs, der weitergeht.',
  'help.webhook.header':
    'Die Kopfzeile, in der das andere Programm seine Signatur sendet, wie es in seiner Anleitung steht.',
  'help.webhook.prefix': 'Manche Programme schreiben ein Wort vor die Signatur. Leer: keines.',
  'help.webhook.algorithm': 'Womit das andere Programm signiert. Die meisten verwenden sha256.',
  'help.webhook.encoding': 'Wie die Signatur geschrieben ist.',
  'help.webhook.inputs': 'Was vom Aufruf zu den Eingaben des Ablaufs wird.',
  'help.webhook.input': 'Die Eingabe, die den ganzen Inhalt nimmt.',
  'help.webhook.formula': 'Sie ergibt ein Objekt mit einem Wert für jede Eingabe.',
  'help.webhook.formula.example': "Beispiel: '{' \"betrag\": body.order.total '}'",
  'help.webhook.methods': 'Aufrufe mit einer anderen Methode werden abgelehnt.',
  'help.webhook.perMinute': 'Weitere Aufrufe werden mit 429 abgelehnt, was andere Programme als „später“ verstehen.',
  'help.webhook.schema':
    'Ein Inhalt, der nicht passt, wird abgelehnt, und die Antwort sagt, warum. Leer: Alles wird angenommen.',
  'help.rotate.grace':
    'So lange gelten beide Geheimnisse, damit das andere Programm in Ruhe umgestellt werden kann. 0: Das alte gilt sofort nicht mehr.',
  'help.link.states': 'Bei welchem Ende des anderen Ablaufs dieser startet.',
  'help.link.source': 'Der Ablauf, dessen Ende diesen startet.',
  'help.schedule.firstDay': 'Vorher wird nichts gestartet. Leer: ab sofort.',
  'help.schedule.lastDay': 'Danach wird nichts gestartet. Leer: ohne Ende.',
  'help.schedule.overlap': 'Was geschieht, wenn es Zeit ist und der vorige Lauf noch nicht geendet hat.',
  'help.schedule.missed':
    'Was mit Auslösungen geschieht, die fällig wurden, während kein Server lief. Jede ist aufgeführt, was Sie auch wählen.',
  'help.schedule.missedMost': 'Ältere werden als verpasst aufgeführt.',
  'help.schedule.preset': 'In Worten gewählt; darunter sehen Sie, wann es das nächste Mal auslöst.',
  'help.schedule.weekday': 'An diesem Tag jeder Woche.',
  'help.schedule.dayOfMonth': 'Ein kürzerer Monat wird ausgelassen.',
  'help.schedule.at': 'Nach der Uhr der Zeitzone darunter, auch bei Zeitumstellung.',
  'help.schedule.every': 'Gezählt ab der ersten Auslösung, nicht ab dem Ende eines Laufs.',
  'help.schedule.once': 'Er löst in diesem Augenblick aus und ruht danach.',
  'help.schedule.zone': 'Wessen Uhr gemeint ist. Läufe starten nach ihr, wo der Server auch steht.',
  'help.library.kind':
    'Eine Formel oder ein Skript rechnet etwas aus, ein Webdienst wird aufgerufen, ein veröffentlichter Ablauf ausgeführt.',
  'help.library.confirm': 'Jede Verwendung wartet im Posteingang, bis jemand ja gesagt hat.',
  'help.library.secretHeader': 'Die Kopfzeile, die den Schlüssel trägt. Leer: keine.',
  'help.library.secretName': 'Der Name des Geheimnisses in der Verwaltung, in dem der Schlüssel steht.',
  'help.test.name': 'Was er beweist, damit wer ihn scheitern sieht, weiß, was kaputt ist.',
  'help.test.name.example': 'Beispiel: kleine Anträge brauchen keine Leitung',
  'help.test.branch': 'Der Weg, den der Lauf von diesem Schritt nimmt.',
  'help.test.end': 'Das Ende, das der Lauf erreichen muss.',
  'help.test.fails': 'Der Test besteht, wenn der Lauf fehlschlägt, und scheitert sonst.',
  'help.test.samples': 'Schritte mit angehefteter Probe werden nicht ausgeführt; das Angeheftete steht für sie.',
  'help.sample.json': 'Die Werte, die der Schritt gibt, mit ihren Namen, und der Zweig, den er nimmt.',
  'help.outline.branch': 'Der Ausgang des Schritts, an dem die Linie beginnt.',
  'help.outline.next': 'Der Schritt, der auf diesem Weg als Nächstes kommt.',
  'help.settings.sample': 'Eingaben als JSON; darunter steht der Schlüssel, den sie ergeben.',
};
