import type { typeTexts as english } from '../typeTexts.ts';

/** Typen von Werten. */
export const typeTexts: { [Key in keyof typeof english as `said.${Key}`]: string } = {
  'said.type.string': 'Text',
  'said.type.choice': 'Auswahl',
  'said.type.number': 'Zahl',
  'said.type.integer': 'ganze Zahl',
  'said.type.boolean': 'Ja oder nein',
  'said.type.null': 'nichts',
  'said.type.object': 'Datensatz',
  'said.type.array': 'Liste',
  'said.type.any': 'beliebig',
  'said.type.listOf': 'Liste von {items}',
  'said.type.mayBeEmpty': '{type}, darf leer sein',
  'said.types.string': 'Texten',
  'said.types.number': 'Zahlen',
  'said.types.integer': 'ganzen Zahlen',
  'said.types.boolean': 'Ja oder nein',
  'said.types.object': 'Datensätzen',
  'said.types.array': 'Listen',
};
