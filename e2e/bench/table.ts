const wide = 60;

/** One line of a table of two columns: what, its aim, and what was measured. */
export function line(what: string, aim: string, value: string): void {
  console.log(`${what.padEnd(wide)}${aim.padStart(12)}${value.padStart(16)}`);
}
