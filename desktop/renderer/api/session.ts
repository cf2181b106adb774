import { ApiError, offline } from './errors.ts';

async function post(path: string, body: object): Promise<void> {
  let answer: Response;
  try {
    answer = await fetch(path, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
      credentials: 'same-origin',
    });
  } catch {
    throw offline();
  }
  if (answer.ok) return;
  const said: unknown = await answer.json().catch(() => undefined);
  const message =
    typeof said === 'object' && said !== null && 'message' in said ? String(said.message) : answer.statusText;
  throw new ApiError(answer.status === 429 ? 'TOO_MANY' : 'REFUSED', message);
}

/** Signs in with e-mail and password. @throws {ApiError} in plain words */
export function signIn(email: string, password: string): Promise<void> {
  return post('/auth/sign-in/email', { email, password });
}

export function signOut(): Promise<void> {
  return post('/auth/sign-out', {});
}
