/** Words of steps that are read outside of the canvas, too. */
export const steps = {
  'canvas.new.approve': 'Approve',
  'canvas.new.reject': 'Reject',
  'canvas.kind.start': 'Start',
  'canvas.kind.end': 'End',
} as const;
