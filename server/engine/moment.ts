let lastTime = Number.NaN;
let lastText = '';

/** A moment as events carry it. Light steps have many events in the same millisecond: its text is made once. */
export function momentText(moment: Date): string {
  const time = moment.getTime();
  if (time !== lastTime) {
    lastText = moment.toISOString();
    lastTime = time;
  }
  return lastText;
}
