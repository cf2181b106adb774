import { useQuery } from '@tanstack/react-query';
import { useSpoken } from '../../messages/language.ts';
import { type Timetable, timetableWords } from './timetableWords.ts';

/**
 * Says when schedules fire, in the viewer's language. An expression that the form has no words for is said by the
 * server in English, and by a library in German, which is loaded then.
 */
export function useTimetableWords(): (schedule: Timetable & { words: string }) => string {
  const { locale, words: t } = useSpoken();
  const isGerman = locale === 'de';
  const { data: german } = useQuery({
    queryKey: ['germanCron'],
    queryFn: async () => (await import('./germanCron.ts')).germanCron,
    enabled: isGerman,
    staleTime: Number.POSITIVE_INFINITY,
  });
  return (schedule) =>
    timetableWords(schedule, t, (expression) =>
      isGerman ? (german?.(expression) ?? expression) : withoutZone(schedule.words),
    );
}

/** The words of the server, without the time zone at their end. */
function withoutZone(words: string): string {
  return words.replace(/ \([^)]*\).*$/, '');
}
