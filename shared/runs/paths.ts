/** Is the step at this path the other one itself, or one inside of it? */
export function isWithin(path: string, step: string): boolean {
  return path === step || path.startsWith(`${step}/`) || path.startsWith(`${step}[`);
}
