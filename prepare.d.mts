/** How the server's Node is started. */
export const serverFlags: readonly string[];
