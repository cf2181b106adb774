import type { ReviewSummary } from '@rondo/server/operations/contract/run.ts';

export type GroupName = 'today' | 'yesterday' | 'week' | 'earlier';

export interface ReviewGroup {
  name: GroupName;
  reviews: ReviewSummary[];
}

/** Reviews by the day on which they arrived, in the viewer's zone. The order of the list stays; empty groups are left out. */
export function groupByDay(reviews: readonly ReviewSummary[], now: Date): ReviewGroup[] {
  const midnight = (date: Date) => new Date(date.getFullYear(), date.getMonth(), date.getDate()).getTime();
  const groups = new Map<GroupName, ReviewSummary[]>();
  for (const review of reviews) {
    const days = Math.round((midnight(now) - midnight(new Date(review.createdAt))) / 86_400_000);
    const name = days <= 0 ? 'today' : days === 1 ? 'yesterday' : days < 7 ? 'week' : 'earlier';
    const inside = groups.get(name);
    if (inside) inside.push(review);
    else groups.set(name, [review]);
  }
  return [...groups].map(([name, inside]) => ({ name, reviews: inside }));
}
