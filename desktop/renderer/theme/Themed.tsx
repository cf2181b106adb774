import { createTheme, MantineProvider, mergeThemeOverrides } from '@mantine/core';
import { type ReactNode, useMemo } from 'react';
import { useT } from '../messages/useT.ts';
import { cssVariablesResolver, theme } from './theme.ts';

/** Gives what is inside the theme, with the words that its components say by themselves in the viewer's language. */
export function Themed({ nonce, children }: { nonce: () => string; children: ReactNode }) {
  const t = useT();
  const spoken = useMemo(() => {
    const label = { 'aria-label': t('parts.close') };
    const closing = { defaultProps: { closeButtonProps: label } };
    return mergeThemeOverrides(
      theme,
      createTheme({
        components: {
          CloseButton: { defaultProps: label },
          Modal: closing,
          Drawer: closing,
          Notification: closing,
          PasswordInput: {
            defaultProps: { visibilityToggleButtonProps: { 'aria-label': t('parts.showPassword') } },
          },
        },
      }),
    );
  }, [t]);
  return (
    <MantineProvider
      theme={spoken}
      cssVariablesResolver={cssVariablesResolver}
      defaultColorScheme="auto"
      getStyleNonce={nonce}
      deduplicateCssVariables={false}
    >
      {children}
    </MantineProvider>
  );
}
