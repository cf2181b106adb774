import type { repairTexts as english } from '../repairTexts.ts';

/** Was eine Reparatur tut. */
export const repairTexts: { [Key in keyof typeof english as `said.${Key}`]: string } = {
  'said.repair.remove': 'Entfernen',
  'said.repair.toDefault': 'Dem Standardwert überlassen',
  'said.repair.castDefault': 'Standardwert an den Typ anpassen',
  'said.repair.name': '„{name}“ nennen',
  'said.repair.list': '{titles} aufführen',
  'said.repair.inputsForBoth': 'Die Eingaben für beides nehmen',
  'said.repair.outputsForBoth': 'Die Ausgaben für beides nehmen',
  'said.repair.secret': 'Geheim halten',
  'said.repair.append': 'In einer Liste sammeln',
  'said.repair.disconnect': 'Verbindung entfernen',
  'said.repair.branch': 'Vom Zweig „{branch}“ ausgehen lassen',
  'said.repair.toEnd': 'Zum Ende „{end}“ führen',
  'said.repair.removeStep': 'Schritt entfernen',
  'said.repair.id': 'Eine Kennung geben',
  'said.repair.references': 'Kopien durch Verweise ersetzen',
  'said.repair.ids': 'Den anderen eigene Kennungen geben',
  'said.repair.version': 'Version {version} angeben',
};
