import { ActionIcon, Button, CopyButton, Group, Modal, Stack, Switch, Textarea, TextInput } from '@mantine/core';
import { IconCheck, IconCopy, IconForms } from '@tabler/icons-react';
import { type FormEvent, useState } from 'react';
import { type Outputs, useRead, useWrite } from '../../api/queries.ts';
import { useT } from '../../messages/useT.ts';
import { ConfirmDialog } from '../../parts/ConfirmDialog.tsx';
import { CopyField } from '../../parts/CopyField.tsx';
import { DialogEnd } from '../../parts/DialogEnd.tsx';
import { WithHelp } from '../../parts/FieldHelp.tsx';
import { ListPanel } from '../../parts/ListPanel.tsx';
import { tell } from '../../parts/tell.ts';
import { exactTime } from '../../parts/times.ts';

type Form = Outputs['startForm']['list']['forms'][number];

/** The links to pages on which a flow can be started. */
export function StartForms({ flowId, published }: { flowId: string; published: boolean }) {
  const t = useT();
  const list = useRead('startForm', 'list', { flowId });
  const revoke = useWrite('startForm', 'revoke');
  const [making, setMaking] = useState(false);
  const [going, setGoing] = useState<Form | null>(null);
  const forms = list.data?.forms ?? [];
  return (
    <ListPanel
      title={t('triggers.forms')}
      list={list}
      empty={{ icon: IconForms, title: t('triggers.forms.empty'), words: t('triggers.forms.emptyWords') }}
      add={published ? { label: t('triggers.forms.new'), run: () => setMaking(true) } : undefined}
      rows={forms.map((form) => <Row key={form.id} form={form} onRevoke={() => setGoing(form)} />)}
    >
      {making && <FormDialog flowId={flowId} onClose={() => setMaking(false)} />}
      {going && (
        <ConfirmDialog
          title={t('triggers.forms.revokeTitle', { name: going.title })}
          words={t('triggers.forms.revokeWords')}
          action={t('triggers.forms.revoke')}
          busy={revoke.isPending}
          error={revoke.error?.message}
          onClose={() => setGoing(null)}
          onYes={() =>
            revoke.mutate(
              { formId: going.id },
              {
                onSuccess: () => {
                  tell(t('triggers.forms.revokedNow'));
                  setGoing(null);
                },
              },
            )
          }
        />
      )}
    </ListPanel>
  );
}

function Row({ form, onRevoke }: { form: Form; onRevoke: () => void }) {
  const t = useT();
  const expired = form.expiresAt !== null && new Date(form.expiresAt) <= new Date();
  const open = form.revokedAt === null && !expired;
  const state = form.revokedAt
    ? t('triggers.forms.revoked')
    : expired
      ? t('triggers.forms.expired')
      : form.expiresAt
        ? t('triggers.forms.until', { time: exactTime(new Date(form.expiresAt)) })
        : t('triggers.forms.open');
  return (
    <div className="panel-row">
      <div className="grow">
        <div>{form.title}</div>
        <div className="dim small">
          {t('triggers.forms.used', { count: form.used })}
          {form.signIn && ` · ${t('triggers.forms.signIn')}`}
        </div>
      </div>
      <span className={`badge tone-${open ? 'ok' : 'off'}`}>{state}</span>
      {open && (
        <>
          <CopyButton value={form.link}>
            {({ copied, copy }) => (
              <ActionIcon
                variant="subtle"
                onClick={copy}
                aria-label={copied ? t('parts.copied') : t('triggers.forms.copyOf', { name: form.title })}
              >
                {copied ? <IconCheck size={16} /> : <IconCopy size={16} />}
              </ActionIcon>
            )}
          </CopyButton>
          <Button
            size="xs"
            variant="subtle"
            color="red"
            aria-label={t('triggers.forms.revokeOf', { name: form.title })}
            onClick={onRevoke}
          >
            {t('triggers.forms.revoke')}
          </Button>
        </>
      )}
    </div>
  );
}

function FormDialog({ flowId, onClose }: { flowId: string; onClose: () => void }) {
  const t = useT();
  const create = useWrite('startForm', 'create');
  const [title, setTitle] = useState('');
  const [intro, setIntro] = useState('');
  const [signIn, setSignIn] = useState(false);
  const [expires, setExpires] = useState('');
  const [tried, setTried] = useState(false);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (title.trim() === '') return;
    const expiresAt = expires === '' ? null : new Date(expires).toISOString();
    create.mutate({ flowId, title: title.trim(), intro, signIn, expiresAt });
  };
  if (create.data)
    return (
      <Modal opened onClose={onClose} size={520} title={t('triggers.forms.created')}>
        <Stack gap="md">
          <CopyField label={t('triggers.forms.link')} value={create.data.link} />
          <Group justify="flex-end">
            <Button onClick={onClose}>{t('triggers.done')}</Button>
          </Group>
        </Stack>
      </Modal>
    );
  return (
    <Modal opened onClose={onClose} size={520} title={t('triggers.forms.new')}>
      <form onSubmit={submit} noValidate>
        <Stack gap="md">
          <WithHelp label={t('triggers.forms.title')} help={{ words: 'fieldHelp.form.title' }}>
            <TextInput
              label={t('triggers.forms.title')}
              value={title}
              error={tried && title.trim() === '' ? t('triggers.forms.titleNeeded') : null}
              onChange={(event) => setTitle(event.currentTarget.value)}
              data-autofocus
            />
          </WithHelp>
          <WithHelp label={t('triggers.forms.intro')} help={{ words: 'fieldHelp.form.intro' }}>
            <Textarea
              label={t('triggers.forms.intro')}
              autosize
              minRows={2}
              maxRows={6}
              value={intro}
              onChange={(event) => setIntro(event.currentTarget.value)}
            />
          </WithHelp>
          <TextInput
            type="datetime-local"
            label={t('triggers.forms.expires')}
            description={t('triggers.forms.expiresHint')}
            value={expires}
            onChange={(event) => setExpires(event.currentTarget.value)}
          />
          <WithHelp label={t('triggers.forms.signIn')} help={{ words: 'fieldHelp.form.signIn' }}>
            <Switch
              label={t('triggers.forms.signIn')}
              checked={signIn}
              onChange={(event) => setSignIn(event.currentTarget.checked)}
            />
          </WithHelp>
          <DialogEnd
            error={create.error?.message}
            action={t('triggers.forms.create')}
            busy={create.isPending}
            onClose={onClose}
          />
        </Stack>
      </form>
    </Modal>
  );
}
