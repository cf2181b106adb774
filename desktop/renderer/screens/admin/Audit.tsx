import { Button, Select, TextInput } from '@mantine/core';
import { IconDownload, IconFilterOff, IconSearch, IconShieldCheck } from '@tabler/icons-react';
import { useState } from 'react';
import { api } from '../../api/client.ts';
import { type ApiError, spokenError } from '../../api/errors.ts';
import { type Outputs, useMe } from '../../api/queries.ts';
import { saveFile } from '../../flow/saveFile.ts';
import { useT } from '../../messages/useT.ts';
import { Notice } from '../../parts/Notice.tsx';
import { Page } from '../../parts/Page.tsx';
import { PersonSelect } from '../../parts/PersonSelect.tsx';
import { tellFailure } from '../../parts/tell.ts';
import { exactTime } from '../../parts/times.ts';
import { useFilters, useTypedFilter } from '../../parts/useFilters.ts';
import { type AuditFilter, AuditTable } from './AuditTable.tsx';
import { actionWords, knownActions } from './actionWords.ts';

/** The names under which the filters of the audit stand in the address. */
const auditFilterNames = ['search', 'who', 'what'] as const;

type Verdict = Outputs['audit']['verify'];

/** Every row that fits a filter as JSON lines, the newest first. */
async function auditLines(filter: AuditFilter): Promise<string> {
  const lines: string[] = [];
  let cursor: string | null = null;
  do {
    const page: Outputs['audit']['list'] = await api.audit.list.query({
      ...filter,
      limit: 200,
      ...(cursor && { cursor }),
    });
    for (const row of page.rows) lines.push(JSON.stringify(row));
    cursor = page.nextCursor;
  } while (cursor !== null);
  return `${lines.join('\n')}\n`;
}

/** Who did what; with one button one sees whether anybody changed the record. */
export function Audit() {
  const t = useT();
  const { may } = useMe();
  const filters = useFilters(auditFilterNames);
  const { typed, setTyped } = useTypedFilter(filters.value('search'), (text) => filters.set('search', text));
  const search = filters.value('search');
  const actorId = filters.value('who');
  const action = filters.value('what');
  const [verdict, setVerdict] = useState<Verdict | null>(null);
  const [failure, setFailure] = useState<ApiError | null>(null);
  const [busy, setBusy] = useState<'verify' | 'export' | null>(null);
  const filter: AuditFilter = { ...(search && { search }), ...(actorId && { actorId }), ...(action && { action }) };
  const verify = async () => {
    setBusy('verify');
    setFailure(null);
    try {
      setVerdict(await api.audit.verify.query({}));
    } catch (error) {
      setFailure(await spokenError(error));
    } finally {
      setBusy(null);
    }
  };
  const save = async () => {
    setBusy('export');
    try {
      saveFile('audit.jsonl', await auditLines(filter));
    } catch (error) {
      tellFailure(error, t('parts.error.title'));
    } finally {
      setBusy(null);
    }
  };
  return (
    <Page
      title={t('admin.audit.title')}
      subtitle={t('admin.audit.words')}
      actions={
        <>
          <Button
            variant="default"
            leftSection={<IconDownload size={16} />}
            loading={busy === 'export'}
            onClick={() => void save()}
          >
            {t('admin.audit.export')}
          </Button>
          <Button
            variant="default"
            leftSection={<IconShieldCheck size={16} />}
            loading={busy === 'verify'}
            onClick={() => void verify()}
          >
            {t('admin.audit.verify')}
          </Button>
        </>
      }
    >
      {failure && <Notice tone="bad">{failure.message}</Notice>}
      {verdict && <VerdictNotice verdict={verdict} />}
      <div className="filters">
        <TextInput
          aria-label={t('admin.audit.search')}
          placeholder={t('admin.audit.search')}
          leftSection={<IconSearch size={16} />}
          w={260}
          value={typed}
          onChange={(event) => setTyped(event.currentTarget.value)}
        />
        {may('people.manage') && (
          <PersonSelect
            label={t('admin.audit.who')}
            placeholder={t('admin.audit.anyone')}
            value={actorId ?? null}
            onChange={(value) => filters.set('who', value)}
            width={190}
          />
        )}
        <Select
          aria-label={t('admin.audit.what')}
          placeholder={t('admin.audit.anything')}
          data={knownActions(t).map((value) => ({ value, label: actionWords(value, t) }))}
          value={action ?? null}
          onChange={(value) => filters.set('what', value)}
          clearable
          searchable
          w={210}
        />
        {filters.count > 0 && (
          <Button variant="subtle" leftSection={<IconFilterOff size={16} />} onClick={filters.clear}>
            {t('runs.clear')}
          </Button>
        )}
      </div>
      <AuditTable key={JSON.stringify(filter)} filter={filter} />
    </Page>
  );
}

function VerdictNotice({ verdict }: { verdict: Verdict }) {
  const t = useT();
  const broken = verdict.firstBroken;
  if (verdict.ok || !broken) {
    return (
      <Notice
        tone="ok"
        aside={<span className="hash">{t('admin.audit.head', { hash: verdict.headHash.slice(0, 12) })}</span>}
      >
        <strong>{t('admin.audit.intact')}</strong> {t('admin.audit.checked', { count: verdict.checked })}
      </Notice>
    );
  }
  const at = exactTime(new Date(broken.at));
  return (
    <Notice tone="bad">
      <strong>{t('admin.audit.broken', { seq: broken.seq })}</strong>{' '}
      {t('admin.audit.brokenWords', { action: actionWords(broken.action, t), at, reason: broken.reason })}{' '}
      {t('admin.audit.rowsBefore', { count: Math.max(0, broken.seq - 1) })}
    </Notice>
  );
}
