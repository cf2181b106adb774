import { defaultServer, readServerAddress } from './addresses.ts';
import { commonHeaders, newNonce, serverPagePolicy } from './contentSecurity.ts';
import { message, spoken } from './messages.ts';

export interface ServerPageOptions {
  current: string;
  /** True when RONDO_URL decides, so that nothing can be chosen. */
  fixed: boolean;
  /** Shown until something is typed: why the page came up by itself. */
  problem?: string;
  reaches(origin: string): Promise<boolean>;
  choose(origin: string): void;
}

const style = `
  :root { color-scheme: light dark; font: 14px/20px Inter, system-ui, sans-serif; color: #1c1d21; background: #fbfbfc; }
  body { margin: 0; padding: 24px 28px; }
  h1 { font-size: 18px; line-height: 24px; font-weight: 600; margin: 0 0 8px; }
  p { margin: 0 0 16px; color: #5b5e67; }
  label { display: block; font-weight: 550; margin-bottom: 4px; }
  input { box-sizing: border-box; width: 100%; height: 32px; padding: 0 10px; font: inherit; color: inherit;
    background: #fff; border: 1px solid #d6d7dd; border-radius: 6px; }
  button { margin-top: 16px; height: 32px; padding: 0 14px; font: inherit; font-weight: 550; color: #fff;
    background: #4a57cf; border: 0; border-radius: 6px; }
  :disabled { opacity: 0.55; }
  :focus-visible { outline: 2px solid #4a57cf; outline-offset: 1px; }
  .problem { color: #b42a23; margin: 8px 0 0; }
  .hint { font-size: 13px; margin: 16px 0 0; }
  @media (prefers-color-scheme: dark) {
    :root { color: #ecedef; background: #151619; }
    p { color: #a6a9b2; } input { background: #1b1c20; border-color: #3a3d44; } .problem { color: #f2938c; }
  }`;

function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}

function page(typed: string, { problem, fixed }: Pick<ServerPageOptions, 'problem' | 'fixed'>): Response {
  const nonce = newNonce();
  const disabled = fixed ? ' disabled' : '';
  const problemText =
    problem === undefined ? '' : `<p class="problem" id="problem" role="alert">${escapeHtml(problem)}</p>`;
  const hint = fixed ? message('server.fixed') : message('server.local', { address: defaultServer });
  const html = `<!doctype html>
<html lang="${spoken()}">
<head><meta charset="utf-8"><title>${escapeHtml(message('server.title'))}</title><style nonce="${nonce}">${style}</style></head>
<body><main>
<h1>${escapeHtml(message('server.title'))}</h1>
<p>${escapeHtml(message('server.lead'))}</p>
<form method="post" action="app://server/">
<label for="address">${escapeHtml(message('server.label'))}</label>
<input id="address" name="address" value="${escapeHtml(typed)}" autofocus spellcheck="false" autocomplete="off"${disabled}${problem === undefined ? '' : ' aria-invalid="true" aria-describedby="problem"'}>
${problemText}
<button type="submit"${disabled}>${escapeHtml(message('server.save'))}</button>
</form>
<p class="hint">${escapeHtml(hint)}</p>
</main></body></html>`;
  return new Response(html, {
    status: problem === undefined ? 200 : 422,
    headers: {
      ...commonHeaders,
      'content-type': 'text/html; charset=utf-8',
      'content-security-policy': serverPagePolicy(nonce),
      'cache-control': 'no-store',
    },
  });
}

/** The page that asks for the server's address: a plain form, so that it needs neither a script nor a bridge. */
export async function serveServerPage(request: Request, options: ServerPageOptions): Promise<Response> {
  if (request.method !== 'POST' || options.fixed) return page(options.current, options);
  const typed = new URLSearchParams(await request.text()).get('address') ?? '';
  const address = readServerAddress(typed);
  if (!address.ok) return page(typed, { problem: message(`server.${address.reason}`, { typed }), fixed: false });
  if (!(await options.reaches(address.origin))) {
    return page(typed, { problem: message('server.unreachable', { address: address.origin }), fixed: false });
  }
  options.choose(address.origin);
  return page(address.origin, { fixed: false });
}
