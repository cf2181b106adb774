import type { formulaTexts as english } from '../formulaTexts.ts';

/** Was an einer Formel falsch ist. */
export const formulaTexts: { [Key in keyof typeof english as `said.${Key}`]: string } = {
  'said.formula.S0101': 'Einem Text fehlt das schließende Anführungszeichen.',
  'said.formula.S0102': 'Die Zahl {token} ist zu groß.',
  'said.formula.S0105': 'Einem Namen fehlt das schließende Backquote (`).',
  'said.formula.S0106': 'Ein Kommentar hat kein Ende.',
  'said.formula.S0201': '„{token}“ gehört nicht hierher.',
  'said.formula.S0202': 'Hier wird „{value}“ erwartet, nicht „{token}“.',
  'said.formula.S0203': 'Die Formel endet zu früh: „{value}“ fehlt.',
  'said.formula.S0204': '„{token}“ ist kein Rechenzeichen.',
  'said.formula.S0207': 'Die Formel endet zu früh.',
  'said.formula.S0211': '„{token}“ gehört nicht hierher.',
  'said.formula.S0302': 'Einem Muster fehlt der schließende Schrägstrich.',
  'said.formula.T0410': '„{token}“ kann mit dem {index}. Wert nicht arbeiten: Er ist von anderer Art.',
  'said.formula.T0412': '„{token}“ erwartet als {index}. Wert eine Liste von einer Art.',
  'said.formula.T1005': '„{token}“ ist keine Funktion. Funktionen beginnen mit $.',
  'said.formula.T1006': 'Diese Funktion gibt es nicht.',
  'said.formula.T2001': 'Links von „{token}“ muss eine Zahl stehen.',
  'said.formula.T2002': 'Rechts von „{token}“ muss eine Zahl stehen.',
  'said.formula.T2009': '„{token}“ vergleicht nur Werte derselben Art.',
  'said.formula.T2010': '„{token}“ vergleicht nur Zahlen oder Texte.',
  'said.formula.D1011': 'Die Formel ruft sich endlos selbst auf.',
  'said.formula.D1012': 'Das dauert zu lange.',
  'said.formula.D3030': '„{value}“ lässt sich nicht als Zahl lesen.',
  'said.formula.D3110': '„{value}“ ist kein lesbarer Zeitpunkt.',
};
