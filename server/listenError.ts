/**
 * Says in one line why nothing can listen at an address.
 * @param choose what to do when the port is taken
 * @returns the error as it came where it is another one
 */
export function listenError(error: unknown, { host, port }: { host: string; port: number }, choose: string): unknown {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  if (code === 'EADDRINUSE')
    return new Error(`Port ${port} is taken by another program. Choose another one: ${choose}`);
  if (code === 'EACCES') return new Error(`Port ${port} may not be used by this account. Choose one above 1023.`);
  if (code === 'EADDRNOTAVAIL') return new Error(`This machine has no address ${host} (RONDO_HOST).`);
  return error;
}
