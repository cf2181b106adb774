/** Is the step at this path the other one itself, or one inside of it? */
export function isWithin(path: string, step: string): boolean {
  return path === step || path.startsWith(`${step}/`) || path.startsWith(`${step}[`);
}

/**
 * One item of a map, or one flow of those side by side, as the last part of its path names it:
 * `call/map[3]` → step `call/map`, index 3.
 *
 * @returns undefined for the path of a step
 */
export function itemOf(path: string): { step: string; index: number } | undefined {
  const at = path.endsWith(']') ? path.lastIndexOf('[') : -1;
  const digits = path.slice(at + 1, -1);
  return at > 0 && /^\d+$/.test(digits) ? { step: path.slice(0, at), index: Number(digits) } : undefined;
}
