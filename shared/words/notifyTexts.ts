/** What people are told of, in the app and by e-mail. */
export const notifyTexts = {
  'told.failed': '{subject} failed',
  'told.failed.times': '{subject} failed {count} times',
  'told.waits': '{subject} has waited long for a person',
  'told.waits.several': '{count} reviews of {subject} have waited long',
  'told.missed': '{subject} missed its time',
  'told.missed.times': '{subject} missed its time {count} times',
  'told.run.failed': 'Run {number}: {reason}',
  'told.run.waits': 'Run {number}: “{title}” waits for a person.',
  'told.fire.skipped': 'Skipped (due {due}): {reason}',
  'told.fire.caughtUp': 'Caught up later (due {due}): {reason}',
  'told.fire.noReason': 'no reason is on record',
  'told.more': 'and {count} more',
  'told.settings': 'What you are told of',
  'told.test': 'A message from Rondo, to try it out',
  'told.test.nothing': 'Nothing has failed.',
} as const;
