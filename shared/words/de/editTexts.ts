import type { editTexts as english } from '../editTexts.ts';

/** Was eine Bearbeitung ablehnt. */
export const editTexts: { [Key in keyof typeof english as `said.${Key}`]: string } = {
  'said.EDIT-VALUE.component': 'Ein Bestandteil muss ein Objekt sein.',
  'said.EDIT-VALUE.document': 'Ein Dokument muss ein Objekt sein.',
  'said.EDIT-VALUE.id': 'Die Kennung eines Bestandteils lässt sich nicht ändern.',
  'said.EDIT-VALUE.position': 'Eine Position braucht zwei Zahlen.',
  'said.EDIT-VALUE.edge': 'Eine Verbindung ist eine ControlFlowEdge oder eine DataFlowEdge.',
  'said.EDIT-VALUE.edgeId': 'Eine Verbindung braucht eine Kennung.',
  'said.EDIT-VALUE.stepId': 'Ein Schritt braucht eine Kennung.',
  'said.EDIT-VALUE.stepType': 'Ein Schritt braucht einen Typ.',
  'said.EDIT-PLACE': 'Die Stelle „{pointer}“ gibt es nicht.',
  'said.EDIT-PLACE.list': 'Die Stelle „{pointer}“ gibt es nicht: Die Liste hat {count} Einträge.',
  'said.EDIT-PLACE.other': '{reason}',
  'said.EDIT-EXISTS': '„{id}“ gibt es in diesem Dokument schon.',
  'said.EDIT-EXISTS.edge': 'Die Verbindung „{id}“ gibt es in diesem Dokument schon.',
  'said.EDIT-EXISTS.step': 'Den Schritt „{id}“ gibt es in diesem Ablauf schon.',
  'said.EDIT-MISSING': '„{id}“ gibt es in diesem Dokument nicht (mehr).',
  'said.EDIT-MISSING.flow': 'Den Ablauf „{id}“ gibt es in diesem Dokument nicht (mehr).',
  'said.EDIT-MISSING.step': 'Den Schritt „{id}“ gibt es in diesem Ablauf nicht (mehr).',
  'said.EDIT-MISSING.edge': 'Die Verbindung „{id}“ gibt es in diesem Ablauf nicht (mehr).',
  'said.EDIT-START': 'Der Schritt, mit dem ein Ablauf beginnt, lässt sich nicht entfernen.',
  'said.EDIT-FLOW': 'Dieses Dokument enthält keinen Ablauf.',
  'said.EDIT-COMMAND': 'Diese Änderung gibt es nicht: {command}.',
};
