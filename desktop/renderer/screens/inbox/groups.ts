import type { ReviewSummary } from '@rondo/server/operations/contract/run.ts';

export type GroupName = 'today' | 'yesterday' | 'week' | 'earlier';

export interface ReviewGroup {
  name: GroupName;
  reviews: ReviewSummary[];
}

/** Reviews by the day on which they arrived, in the viewer's zone; the order inside stays. Empty groups are left out. */
export function groupByDay(reviews: readonly ReviewSummary[], now: Date): ReviewGroup[] {
  const midnight = (date: Date) => new Date(date.getFullYear(), date.getMonth(), date.getDate()).getTime();
  const groups: Record<GroupName, ReviewSummary[]> = { today: [], yesterday: [], week: [], earlier: [] };
  for (const review of reviews) {
    const days = Math.round((midnight(now) - midnight(new Date(review.createdAt))) / 86_400_000);
    groups[days <= 0 ? 'today' : days === 1 ? 'yesterday' : days < 7 ? 'week' : 'earlier'].push(review);
  }
  const order: GroupName[] = ['today', 'yesterday', 'week', 'earlier'];
  return order.filter((name) => groups[name].length > 0).map((name) => ({ name, reviews: groups[name] }));
}
