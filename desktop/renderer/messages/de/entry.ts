import type { entry as english } from '../en/entry.ts';

/** Die Seiten für Personen, die noch nicht angemeldet sind: Einrichten, Anmelden, Einladung. */
export const entry: Record<keyof typeof english, string> = {
  'entry.name': 'Ihr Name',
  'entry.email': 'E-Mail-Adresse',
  'entry.password': 'Passwort',
  'entry.passwordHint': 'Mindestens 10 Zeichen',
  'entry.needName': 'Geben Sie Ihren Namen ein.',
  'entry.needEmail': 'Geben Sie eine E-Mail-Adresse ein.',
  'entry.needPassword': 'Geben Sie mindestens 10 Zeichen ein.',
  'entry.needAnyPassword': 'Geben Sie Ihr Passwort ein.',
  'entry.setup.title': 'Rondo einrichten',
  'entry.setup.text': 'Noch ist niemand hier. Sie werden Inhaber, dürfen alles und laden die anderen ein.',
  'entry.setup.workspace': 'Name des Arbeitsbereichs',
  'entry.setup.workspaceHint': 'Ihre Firma oder Ihr Team',
  'entry.setup.create': 'Arbeitsbereich anlegen',
  'entry.signIn.title': 'Bei {workspace} anmelden',
  'entry.signIn.button': 'Anmelden',
  'entry.signIn.wrong': 'E-Mail-Adresse oder Passwort stimmen nicht.',
  'entry.signIn.tooMany': 'Zu viele Versuche. Warten Sie ein wenig und versuchen Sie es erneut.',
  'entry.signIn.forgot':
    'Kein Konto, oder Passwort vergessen? Ein Administrator des Arbeitsbereichs kann Sie einladen.',
  'entry.invite.title': '{workspace} beitreten',
  'entry.invite.text': 'Sie wurden eingeladen als {role}.',
  'entry.invite.button': 'Beitreten',
  'entry.invite.gone': 'Diese Einladung gilt nicht',
  'admin.settings.workspace': 'Arbeitsbereich',
};
