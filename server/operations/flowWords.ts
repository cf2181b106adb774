/** What a search for flows goes through: one expression, so that its index serves it. @param alias of the table */
export function flowWords(alias: string): string {
  return `(${alias}.name || ' ' || ${alias}.slug || ' ' || ${alias}.description)`;
}
