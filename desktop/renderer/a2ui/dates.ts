export type DateKind = 'date' | 'time' | 'datetime-local';

/** What kind of field asks for a date, a time, or both. Neither = a date: an empty field would be no use. */
export function dateKind(date: boolean | undefined, time: boolean | undefined): DateKind {
  if (date && time) return 'datetime-local';
  return time ? 'time' : 'date';
}

/** An ISO 8601 value as a field of that kind takes it: seconds and zone are left out. Empty when there is none. */
export function dateInputValue(value: string, kind: DateKind): string {
  if (value === '') return '';
  const [first = '', second = ''] = value.split('T');
  const date = second === '' && first.includes(':') ? '' : first.slice(0, 10);
  const time = (second === '' ? (first.includes(':') ? first : '') : second).slice(0, 5);
  if (kind === 'date') return date;
  if (kind === 'time') return time;
  return date === '' ? '' : `${date}T${time || '00:00'}`;
}
