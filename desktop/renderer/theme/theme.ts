import { type CSSVariablesResolver, createTheme } from '@mantine/core';
import { colors, schemeVariables } from './tokens.ts';

/** The one theme: neutral greys, one accent, an 8 px grid, 14 px text. */
export const theme = createTheme({
  colors,
  primaryColor: 'iris',
  primaryShade: { light: 6, dark: 6 },
  fontFamily: '"Rondo Inter", "Inter Variable", Inter, system-ui, sans-serif',
  fontFamilyMonospace: 'ui-monospace, "JetBrains Mono", "SF Mono", "DejaVu Sans Mono", Menlo, monospace',
  defaultRadius: 'md',
  radius: { xs: '4px', sm: '6px', md: '8px', lg: '12px', xl: '16px' },
  spacing: { xs: '8px', sm: '12px', md: '16px', lg: '24px', xl: '32px' },
  fontSizes: { xs: '12px', sm: '13px', md: '14px', lg: '16px', xl: '20px' },
  lineHeights: { xs: '1.3333', sm: '1.3846', md: '1.4286', lg: '1.5', xl: '1.4' },
  headings: {
    fontWeight: '600',
    sizes: {
      h1: { fontSize: '24px', lineHeight: '1.3' },
      h2: { fontSize: '18px', lineHeight: '1.35' },
      h3: { fontSize: '14px', lineHeight: '1.45' },
    },
  },
  shadows: {
    xs: '0 1px 2px rgba(18,20,28,.05)',
    sm: '0 1px 2px rgba(18,20,28,.06), 0 2px 8px rgba(18,20,28,.04)',
    md: '0 2px 6px rgba(18,20,28,.06), 0 8px 24px rgba(18,20,28,.08)',
    lg: '0 4px 12px rgba(18,20,28,.08), 0 16px 48px rgba(18,20,28,.16)',
  },
  cursorType: 'pointer',
  focusRing: 'auto',
  respectReducedMotion: true,
  components: {
    Switch: { defaultProps: { withThumbIndicator: false } },
    Tooltip: { defaultProps: { openDelay: 350, withArrow: false } },
    Modal: { defaultProps: { centered: true, transitionProps: { duration: 120 } } },
    // the placeholder would be a child of the menu that is no item
    Menu: { defaultProps: { withInitialFocusPlaceholder: false, shadow: 'md', transitionProps: { duration: 100 } } },
    Select: {
      defaultProps: { comboboxProps: { shadow: 'md', transitionProps: { duration: 100 } }, checkIconPosition: 'right' },
    },
  },
});

/** All colours of the design as variables, per scheme, so that nothing needs `light-dark()` or `color-mix()`. */
export const cssVariablesResolver: CSSVariablesResolver = () => ({
  variables: {},
  light: schemeVariables.light,
  dark: schemeVariables.dark,
});
