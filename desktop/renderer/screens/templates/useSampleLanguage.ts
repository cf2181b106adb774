import { useSpoken } from '../../messages/language.ts';

/** The viewer's language, as operations take it for the flows that come with the product. English is what they have by default. */
export function useSampleLanguage(): { language?: 'de' } {
  return useSpoken().locale === 'de' ? { language: 'de' } : {};
}
