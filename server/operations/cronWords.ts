const months = 'January February March April May June July August September October November December'.split(' ');
const days = 'Sunday Monday Tuesday Wednesday Thursday Friday Saturday'.split(' ');
const monthNames = months.map((name) => name.slice(0, 3).toUpperCase());
const dayNames = days.map((name) => name.slice(0, 3).toUpperCase());

/** A cron expression of five fields as a sentence: “Every weekday at 09:00 (Europe/Berlin)”. */
export function cronWords(cron: string, timeZone: string): string {
  const [minute = '*', hour = '*', day = '*', month = '*', weekday = '*'] = cron.trim().toUpperCase().split(/\s+/);
  const when = dayWords(day, month, weekday);
  const time = timeWords(minute, hour);
  const sentence = time.every
    ? `${time.text}${when.every ? '' : `, ${lower(when.text)}`}`
    : `${when.text} ${time.text}`;
  return `${sentence} (${timeZone})`;
}

function timeWords(minute: string, hour: string): { text: string; every: boolean } {
  const minutes = numbers(minute);
  const hours = numbers(hour);
  if (minutes && hours && minutes.length * hours.length <= 4) {
    const times = hours.flatMap((h) => minutes.map((m) => `${two(h)}:${two(m)}`));
    return { text: `at ${list(times)}`, every: false };
  }
  const inHours = hour === '*' ? '' : ` during ${hourWords(hour)}`;
  const step = /^\*\/(\d+)$/.exec(minute)?.[1];
  if (minute === '*') return { text: `Every minute${inHours}`, every: true };
  if (step) return { text: `Every ${step === '1' ? 'minute' : `${step} minutes`}${inHours}`, every: true };
  const hourStep = /^\*\/(\d+)$/.exec(hour)?.[1];
  const at = minutes ? `at ${list(minutes.map((m) => `:${two(m)}`))}` : `at minutes ${minute}`;
  if (hour === '*') return { text: `Every hour ${at}`, every: true };
  if (hourStep) return { text: `Every ${hourStep} hours ${at}`, every: true };
  return { text: `Every hour ${at}${inHours}`, every: true };
}

function hourWords(hour: string): string {
  const range = /^(\d+)-(\d+)$/.exec(hour);
  if (range) return `the hours ${two(Number(range[1]))} to ${two(Number(range[2]))}`;
  const all = numbers(hour);
  return all ? `the hours ${list(all.map(two))}` : `hours ${hour.toLowerCase()}`;
}

function dayWords(day: string, month: string, weekday: string): { text: string; every: boolean } {
  const anyDay = day === '*' || day === '?';
  const anyWeekday = weekday === '*' || weekday === '?';
  const inMonths = month === '*' ? '' : ` in ${named(month, monthNames, months, 1)}`;
  if (anyDay && anyWeekday) return { text: `Every day${inMonths}`, every: inMonths === '' };
  if (anyDay) return { text: `${weekdayWords(weekday)}${inMonths}`, every: false };
  const dates = day === 'L' ? 'the last day' : `day ${rangeWords(day)}`;
  const onDates = `On ${dates} of ${month === '*' ? 'every month' : named(month, monthNames, months, 1)}`;
  return { text: anyWeekday ? onDates : `${onDates}, or ${lower(weekdayWords(weekday))}`, every: false };
}

function weekdayWords(weekday: string): string {
  if (weekday === '1-5' || weekday === 'MON-FRI') return 'Every weekday';
  if (weekday === '0,6' || weekday === '6,0' || weekday === 'SAT,SUN') return 'Every weekend day';
  return `Every ${named(weekday, dayNames, days, 0)}`;
}

/** Numbers and short names as long names; what is more than lists and ranges stays as it is written. */
function named(field: string, short: string[], long: string[], first: number): string {
  const parts = field.split(',').map((part) =>
    part
      .split('-')
      .map((end) => {
        const index = short.includes(end)
          ? short.indexOf(end)
          : /^\d+$/.test(end)
            ? (Number(end) - first) % long.length
            : -1;
        return long[index] ?? end.toLowerCase();
      })
      .join(' to '),
  );
  return list(parts);
}

function rangeWords(field: string): string {
  return list(field.split(',').map((part) => part.replace('-', ' to ')));
}

function numbers(field: string): number[] | undefined {
  return /^\d+(,\d+)*$/.test(field) ? field.split(',').map(Number) : undefined;
}

function two(number: number): string {
  return String(number).padStart(2, '0');
}

function list(items: string[]): string {
  if (items.length <= 1) return items[0] ?? '';
  return `${items.slice(0, -1).join(', ')} and ${items.at(-1)}`;
}

function lower(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1);
}
