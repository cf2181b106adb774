export type DayPart = 'morning' | 'afternoon' | 'evening';

/** Which greeting fits the hour. */
export function dayPart(hour: number): DayPart {
  if (hour < 12) return 'morning';
  return hour < 18 ? 'afternoon' : 'evening';
}

/** The name by which one greets somebody. */
export function firstName(name: string): string {
  return name.trim().split(/\s+/)[0] ?? '';
}
