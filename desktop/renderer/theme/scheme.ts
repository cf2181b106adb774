import { useMantineColorScheme } from '@mantine/core';

export type Scheme = 'light' | 'dark' | 'auto';

/** The colour scheme that was chosen (`auto` = the system's), and how to choose another. Kept in the browser. */
export function useScheme(): { scheme: Scheme; setScheme: (scheme: Scheme) => void } {
  const { colorScheme, setColorScheme } = useMantineColorScheme({ keepTransitions: false });
  return { scheme: colorScheme, setScheme: setColorScheme };
}
