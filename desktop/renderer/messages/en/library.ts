/** Words of the library. */
export const library = {
  'library.about': 'What flows are made with: samples to begin from, and secrets that steps use by name.',
  'library.samples': 'Samples',
  'library.samples.empty': 'No samples came with this installation',
  'library.use': 'Make a copy',
  'library.useNamed': 'Make a copy of {name}',
  'library.secrets': 'Secrets',
} as const;
