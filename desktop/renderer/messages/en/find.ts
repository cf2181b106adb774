/** Find and replace in a flow. */
export const find = {
  'commands.find': 'Find and replace in this flow',
  'find.title': 'Find and replace',
  'find.find': 'Find',
  'find.by': 'Replace by',
  'find.next': 'Next place',
  'find.previous': 'Previous place',
  'find.close': 'Close',
  'find.replace': 'Replace',
  'find.replaceAll': 'All {count}',
  'find.matchCase': 'Same capital letters',
  'find.count': '{count, plural, =0 {Found nowhere} other {{at} of {count}}}',
  'find.places': 'Places',
  'find.wired': 'Stands for a value; is not replaced',
  'find.gesture.one': 'Replace “{text}”',
  'find.gesture.all': 'Replace “{text}” everywhere',
} as const;
