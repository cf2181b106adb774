import type { Outputs } from '../../api/queries.ts';

export type Webhook = Outputs['webhook']['list']['webhooks'][number];

/** How a webhook is called, as commands for a shell; `secret` stands where the secret is not known here. */
export function curlExample(
  webhook: Pick<Webhook, 'address' | 'verify' | 'config'>,
  secret: string | null,
  body = '{}',
): string {
  const { address, verify, config } = webhook;
  const method = config.methods[0] ?? 'POST';
  const lines = [`BODY=${quoted(body)}`];
  const headers = ["-H 'content-type: application/json'"];
  if (verify === 'standard') {
    lines.push(
      `SECRET=${quoted(secret ?? 'whsec_…')}; ID=msg_$(date +%s%N); TIME=$(date +%s)`,
      'KEY=$(printf %s "$SECRET" | cut -c7- | base64 -d | od -An -v -tx1 | tr -d \' \\n\')',
      'SIGNATURE=$(printf %s "$ID.$TIME.$BODY" | openssl dgst -sha256 -mac HMAC -macopt "hexkey:$KEY" -binary | base64)',
    );
    headers.push('-H "webhook-id: $ID"', '-H "webhook-timestamp: $TIME"', '-H "webhook-signature: v1,$SIGNATURE"');
  }
  if (verify === 'hmac') {
    const { hmac } = config;
    const signed = hmac.signed.replaceAll('{body}', '$BODY').replaceAll('{timestamp}', '$TIME');
    const written = hmac.encoding === 'hex' ? "-hex | sed 's/.*= //'" : '-binary | base64 -w0';
    lines.push(
      `SECRET=${quoted(secret ?? '…')}; TIME=$(date +%s)`,
      `SIGNATURE=$(printf %s "${signed}" | openssl dgst -${hmac.algorithm} -hmac "$SECRET" ${written})`,
    );
    headers.push(`-H "${hmac.header}: ${hmac.prefix}$SIGNATURE"`);
    if (hmac.timestampHeader !== '') headers.push(`-H "${hmac.timestampHeader}: $TIME"`);
  }
  lines.push(`curl -X ${method} ${quoted(address)} ${headers.join(' ')} -d "$BODY"`);
  return lines.join('\n');
}

/** A text as a shell takes it as it is. */
function quoted(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}
