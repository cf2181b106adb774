import { useMe } from '../../api/queries.ts';
import { useT } from '../../messages/useT.ts';
import { Panel } from '../../parts/Panel.tsx';

/** How programs start a flow: over HTTP, MCP and the command line. */
export function Programs({ slug, tool }: { slug: string; tool: string | null }) {
  const t = useT();
  const { me } = useMe();
  const url = me?.url ?? '';
  const http = [
    `curl ${url}/api/run/start -H 'x-api-key: …' -H 'idempotency-key: order-17'`,
    ` -H 'content-type: application/json' -d '{"flowId": "${slug}", "inputs": {}, "waitSeconds": 20}'`,
  ].join(' \\\n');
  return (
    <Panel title={t('triggers.programs')}>
      <div className="triggers-program">
        <p className="dim small">{t('triggers.programs.key')}</p>
        <span>{t('triggers.programs.http')}</span>
        <pre className="triggers-code">{http}</pre>
        <span>{tool === null ? t('triggers.programs.noMcp') : t('triggers.programs.mcp', { tool })}</span>
        {tool !== null && (
          <pre className="triggers-code">{`${url}/mcp\n{"name": "${tool}", "arguments": {}, "_meta": {"rondo/key": "order-17"}}`}</pre>
        )}
        <span>{t('triggers.programs.cli')}</span>
        <pre className="triggers-code">{`rondo run ${slug} --inputs '{}' --key order-17`}</pre>
      </div>
    </Panel>
  );
}
