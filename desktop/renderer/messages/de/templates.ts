import type { templates as english } from '../en/templates.ts';

/** Wörter der Galerie von Abläufen zum Anfangen. */
export const templates: Record<keyof typeof english, string> = {
  'templates.about': 'Abläufe zum Anfangen. Was Sie daraus machen, gehört Ihnen; die Vorlage bleibt.',
  'templates.list': 'Alle Vorlagen',
  'templates.none': 'Es gibt keine Vorlagen',
  'templates.back': 'Abläufe',
  'templates.use': 'Diese verwenden',
  'templates.useFailed': '„{name}“ wurde nicht erstellt',
  'templates.preview': 'Vorschau von {name}',
  'templates.needs': 'Was sie braucht',
  'templates.needs.nothing': 'Nichts weiter: Sie läuft, wie sie ist.',
  'templates.needs.people':
    'Jemanden, der entscheidet: {count, plural, one {# Prüfung} other {# Prüfungen oder Fragen}}',
  'templates.needs.model': 'Ein KI-Modell: „{name}“',
  'templates.needs.practice': 'Kein Konto: Ihr KI-Modell ist eines zum Üben',
  'templates.needs.web': 'Eine Antwort von {name}',
  'templates.needs.tool': 'Das Werkzeug „{name}“ in Ihrer Bibliothek',
  'templates.needs.secret': 'Das Geheimnis „{name}“',
  'templates.asks': 'Was sie beim Start erfragt',
  'templates.asks.nothing': 'Nichts: Sie startet mit einem Klick.',
  'templates.gives': 'Was sie am Ende ergibt',
};
