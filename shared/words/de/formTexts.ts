import type { formTexts as english } from '../formTexts.ts';

/** Was an einem Formular nicht stimmt. */
export const formTexts: { [Key in keyof typeof english as `said.${Key}`]: string } = {
  'said.OAS-A2UI': 'Formular von {component}: {problem}',
  'said.A2UI-LIST': 'Ein Formular ist eine Liste von A2UI-Nachrichten.',
  'said.A2UI-MESSAGE': 'Das ist keine A2UI-Nachricht: Sie muss ein Objekt sein.',
  'said.A2UI-MESSAGE.empty': 'Eine Nachricht braucht createSurface, updateComponents oder updateDataModel.',
  'said.A2UI-VERSION': 'Die Version muss „{wanted}“ sein, nicht „{version}“.',
  'said.A2UI-SURFACE-ID': 'Die Nachricht nennt ihre Oberfläche nicht.',
  'said.A2UI-SECOND': 'Ein Formular hat nur eine Oberfläche.',
  'said.A2UI-SECOND.named': 'Die Oberfläche des Formulars ist „{surface}“, nicht „{other}“.',
  'said.A2UI-ORDER': 'Die Oberfläche „{surface}“ wird benutzt, bevor es sie gibt.',
  'said.A2UI-COMPONENT': 'Ein Bestandteil braucht eine Kennung.',
  'said.A2UI-COMPONENT.kind': '„{id}“ sagt nicht, was es ist.',
  'said.A2UI-DUPLICATE': 'Die Kennung „{id}“ kommt zweimal vor.',
  'said.A2UI-UNKNOWN': '„{kind}“ ist kein Bestandteil des Basiskatalogs.',
  'said.A2UI-NO-SURFACE': 'Das Formular legt keine Oberfläche an.',
  'said.A2UI-NO-ACTION': 'Das Formular hat keine Schaltfläche: Niemand könnte es absenden.',
  'said.A2UI-DATA': 'Der Pfad „{path}“ führt nirgendwohin: {reason}',
  'said.A2UI-NO-ROOT': 'Das Formular hat kein Bestandteil mit der Kennung „root“: Es würde nichts gezeigt.',
  'said.A2UI-DANGLING': '„{id}“ zeigt „{child}“, das es nicht gibt.',
  'said.A2UI-CIRCLE': '„{id}“ zeigt „{child}“, worin es selbst enthalten ist.',
  'said.A2UI-ORPHAN': '„{id}“ wird nirgends gezeigt.',
};
