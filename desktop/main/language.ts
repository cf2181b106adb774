export type Language = 'en' | 'de';
/** What the person chose in the client: a language, or the one of the machine. */
export type LanguageChoice = Language | 'system';

/** Whether a value is a choice of language. */
export function isLanguageChoice(value: unknown): value is LanguageChoice {
  return value === 'en' || value === 'de' || value === 'system';
}

/** The language of the menus, the tray and the window for the server. @param system such as `de-AT` */
export function languageOf(choice: LanguageChoice, system: string): Language {
  if (choice !== 'system') return choice;
  return system.toLowerCase().split('-')[0] === 'de' ? 'de' : 'en';
}
