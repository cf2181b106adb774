import { type Timetable, type TimetableKind, timetableOf } from '@rondo/shared/runs/timetable/timetable.ts';
import { TimetableError } from '@rondo/shared/runs/timetable/timetableError.ts';
import type { Prisma } from '../store/generated/client.ts';
import type { Transaction } from '../store/store.ts';

/** Fires that are recorded one by one. */
const mostRecorded = 1000;

/**
 * Puts fires on record as skipped that are due but not made yet, before their schedules are turned off, or get another
 * time: else they would be gone without a word (G4). One that a server makes meanwhile keeps its own row.
 * @param reason why, in plain words
 */
export async function giveUpDue(
  tx: Transaction,
  which: Prisma.ScheduleWhereInput,
  now: Date,
  reason: string,
): Promise<void> {
  const due = await tx.schedule.findMany({ where: { ...which, enabled: true, nextFireAt: { lte: now } } });
  const data = due.flatMap((row) => {
    const mark = row.nextFireAt ?? now;
    const { fires, more } = readable(row)?.past(mark, now, mostRecorded) ?? { fires: [], more: false };
    const until = fires[0]?.toISOString();
    const first = more && until ? `${reason}; the fires from then until ${until} were skipped, too` : reason;
    return [mark, ...fires].map((dueAt) => ({
      scheduleId: row.id,
      dueAt,
      outcome: 'skipped',
      reason: dueAt === mark ? first : reason,
    }));
  });
  if (data.length > 0) await tx.scheduleFire.createMany({ data, skipDuplicates: true });
}

/** Its timetable; undefined when it cannot be read: then only the fire that it stands at is known. */
function readable(row: Prisma.ScheduleGetPayload<object>): Timetable | undefined {
  try {
    return timetableOf({ ...row, kind: row.kind as TimetableKind });
  } catch (error) {
    if (error instanceof TimetableError) return undefined;
    throw error;
  }
}
