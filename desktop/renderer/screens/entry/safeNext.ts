/** Where to go after signing in: only a path of the client itself is followed, whatever the address asks for. */
export function safeNext(next: string | null): string {
  return next?.startsWith('/') && !next.startsWith('//') && !next.includes('\\') ? next : '/';
}
