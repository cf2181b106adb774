/** The form behind a link, for people who have no account. */
export const start = {
  'start.gone': 'This form cannot be used',
  'start.submit': 'Send',
  'start.signIn': 'Sign in',
  'start.thanks': 'Thank you',
  'start.received': 'We have received what you sent.',
  'start.before': 'This had been sent before; it was not sent twice.',
  'start.reference': 'Reference number',
  'start.another': 'Send another one',
} as const;
