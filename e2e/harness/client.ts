import { owner } from './server.ts';

/** What an operation answered; `status` and `body` as they came over HTTP. */
export interface Answer {
  status: number;
  body: Record<string, unknown>;
}

export interface SignedIn {
  cookie: string;
  /** Calls an operation through the HTTP door and gives its output. @throws Error when it is refused */
  call<T = Record<string, unknown>>(kind: 'GET' | 'POST', name: string, input?: Record<string, unknown>): Promise<T>;
}

/** Signs in over HTTP like any program that has a password. */
export async function signIn(url: string, who: { email: string; password: string } = owner): Promise<SignedIn> {
  const response = await fetch(`${url}/auth/sign-in/email`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: url },
    body: JSON.stringify({ email: who.email, password: who.password }),
  });
  if (!response.ok) throw new Error(`sign-in answered ${response.status}: ${await response.text()}`);
  const cookie = response.headers
    .getSetCookie()
    .map((line) => line.split(';')[0])
    .join('; ');
  return {
    cookie,
    async call<T>(kind: 'GET' | 'POST', name: string, input: Record<string, unknown> = {}) {
      const { status, body } = await callOperation(url, cookie, kind, name, input);
      if (status >= 300) throw new Error(`${name} answered ${status}: ${JSON.stringify(body)}`);
      return body as T;
    },
  };
}

/** Calls `noun.verb` at `/api/noun/verb`; the input of a GET travels in the query, objects as JSON. */
export async function callOperation(
  url: string,
  cookie: string,
  method: 'GET' | 'POST',
  name: string,
  input: Record<string, unknown> = {},
): Promise<Answer> {
  const address = new URL(`/api/${name.replace('.', '/')}`, url);
  const headers: Record<string, string> = { cookie, origin: url };
  let body: string | undefined;
  if (method === 'GET') {
    for (const [key, value] of Object.entries(input)) {
      address.searchParams.set(key, typeof value === 'string' ? value : JSON.stringify(value));
    }
  } else {
    headers['content-type'] = 'application/json';
    body = JSON.stringify(input);
  }
  const response = await fetch(address, { method, headers, body });
  const text = await response.text();
  return { status: response.status, body: text === '' ? {} : JSON.parse(text) };
}

/** Asks again and again until the answer is something; fails with what was waited for. */
export async function until<T>(
  what: string,
  ask: () => Promise<T | undefined | false>,
  patienceMs = 30_000,
): Promise<T> {
  const deadline = Date.now() + patienceMs;
  for (;;) {
    const answer = await ask();
    if (answer !== undefined && answer !== false) return answer;
    if (Date.now() > deadline) throw new Error(`Waited ${patienceMs / 1000} s in vain for ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 150));
  }
}
