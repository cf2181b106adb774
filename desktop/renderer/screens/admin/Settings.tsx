import { Anchor } from '@mantine/core';
import { useMe, useRead } from '../../api/queries.ts';
import { useT } from '../../messages/useT.ts';
import { CopyField } from '../../parts/CopyField.tsx';
import { Page } from '../../parts/Page.tsx';
import { Panel } from '../../parts/Panel.tsx';
import { RetentionPanel } from './RetentionPanel.tsx';

/** What an MCP client's file of servers needs. */
function mcpConfig(url: string): string {
  const server = { type: 'http', url: `${url}/mcp`, headers: { Authorization: 'Bearer <API key>' } };
  return JSON.stringify({ mcpServers: { rondo: server } }, null, 2);
}

/** Addresses of the installation, and how other programs reach it. */
export function Settings() {
  const t = useT();
  const { me } = useMe();
  const status = useRead('setup', 'status', {});
  const url = (me?.url ?? window.location.origin).replace(/\/+$/, '');
  return (
    <Page title={t('admin.settings.title')} subtitle={t('admin.settings.words')}>
      <div className="stack">
        <Panel
          title={me?.workspace.name ?? t('admin.settings.workspace')}
          aside={
            status.data && (
              <span className="dim small">{t('admin.settings.version', { version: status.data.version })}</span>
            )
          }
        >
          <div className="settings-block">
            <CopyField label={t('admin.settings.url')} value={url} />
          </div>
        </Panel>
        <RetentionPanel />
        <Panel title={t('admin.settings.mcp')}>
          <div className="settings-block">
            <p className="dim">{t('admin.settings.mcpWords')}</p>
            <CopyField label={t('admin.settings.mcpAddress')} value={`${url}/mcp`} />
            <CopyField label={t('admin.settings.mcpHeader')} value="Authorization: Bearer <API key>" />
            <div>
              <h3 className="title-3">{t('admin.settings.mcpConfig')}</h3>
              <pre className="json">{mcpConfig(url)}</pre>
            </div>
          </div>
        </Panel>
        <Panel title={t('admin.settings.http')}>
          <div className="settings-block">
            <p className="dim">{t('admin.settings.httpWords')}</p>
            <Anchor href="/api/openapi.json" target="_blank" rel="noreferrer">
              {t('admin.settings.openapi')}
            </Anchor>
          </div>
        </Panel>
      </div>
    </Page>
  );
}
