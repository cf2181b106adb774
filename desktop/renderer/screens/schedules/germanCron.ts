import cronstrue from 'cronstrue';
import 'cronstrue/locales/de';

/** A cron expression in German words; as it is written where they cannot say it. Loaded only when it is needed. */
export function germanCron(expression: string): string {
  try {
    const words = cronstrue.toString(expression, {
      locale: 'de',
      use24HourTimeFormat: true,
      monthStartIndexZero: false,
    });
    // “only every Monday” says the same as “every Monday”
    return words.replaceAll('nur jeden ', 'jeden ').replaceAll('nur im ', 'im ');
  } catch {
    return expression;
  }
}
