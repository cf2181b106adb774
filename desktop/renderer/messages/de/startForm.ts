import type { startForm as english } from '../en/startForm.ts';

/** Das Formular, das einen Lauf startet, und die Namen der Typen darin. */
export const startForm: Record<keyof typeof english, string> = {
  'flow.start.run': 'Starten',
  'flow.start.title': '{name} starten',
  'flow.start.subtitle': 'Fassung {number}',
  'flow.start.started': 'Der Lauf hat begonnen.',
  'flow.start.noInputs': 'Dieser Ablauf braucht nichts zum Starten.',
  'flow.start.required': 'Das wird gebraucht.',
  'flow.start.invalid': 'Das passt nicht: {type} wird erwartet.',
  'flow.start.addItem': 'Eingeben und Enter drücken',
  'flow.start.json': '{type}, als JSON',
  'flow.start.failed': 'Der Lauf konnte nicht gestartet werden.',
  'canvas.type.text': 'Text',
  'canvas.type.number': 'Zahl',
  'canvas.type.integer': 'Ganze Zahl',
  'canvas.type.boolean': 'Ja oder nein',
  'canvas.type.date': 'Datum',
  'canvas.type.choice': 'Auswahl',
  'canvas.type.file': 'Datei',
  'canvas.type.list': 'Liste',
  'canvas.type.listOf':
    '{kind, select, text {Liste von Texten} number {Liste von Zahlen} integer {Liste ganzer Zahlen} boolean {Liste von Ja oder nein} date {Liste von Daten} choice {Liste von Auswahlen} file {Liste von Dateien} list {Liste von Listen} record {Liste von Datensätzen} other {Liste}}',
  'canvas.type.record': 'Datensatz',
  'canvas.type.any': 'Beliebig',
  'canvas.typeInLine.text': 'Text',
  'canvas.typeInLine.number': 'Zahl',
  'canvas.typeInLine.integer': 'ganze Zahl',
  'canvas.typeInLine.boolean': 'Ja oder nein',
  'canvas.typeInLine.date': 'Datum',
  'canvas.typeInLine.choice': 'Auswahl',
  'canvas.typeInLine.file': 'Datei',
  'canvas.typeInLine.list': 'Liste',
  'canvas.typeInLine.record': 'Datensatz',
  'canvas.typeInLine.any': 'beliebig',
  'canvas.typeInLine.listOf':
    '{kind, select, text {Liste von Texten} number {Liste von Zahlen} integer {Liste ganzer Zahlen} boolean {Liste von Ja oder nein} date {Liste von Daten} choice {Liste von Auswahlen} file {Liste von Dateien} list {Liste von Listen} record {Liste von Datensätzen} other {Liste}}',
};
