/** How a Mantine input looks whose text is code: `styles={monospaceInput}`. */
export const monospaceInput = {
  input: { fontFamily: 'var(--mantine-font-family-monospace)', fontSize: 12.5 },
};
