import { Alert, Button, Stack, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { Redirect } from 'wouter';
import { toApiError } from '../../api/errors.ts';
import { queryClient, useRead, useWrite } from '../../api/queries.ts';
import { signIn } from '../../api/session.ts';
import { useT } from '../../messages/useT.ts';
import { ErrorState } from '../../parts/ErrorState.tsx';
import { PageSkeleton } from '../../parts/Skeletons.tsx';
import { useSampleLanguage } from '../templates/useSampleLanguage.ts';
import { AccountFields, accountErrors } from './AccountFields.tsx';
import { EntryFrame } from './EntryFrame.tsx';

/** The first page of a new installation: makes the owner and the workspace. */
export function SetupPage() {
  const t = useT();
  const language = useSampleLanguage();
  const status = useRead('setup', 'status', {});
  const create = useWrite('setup', 'createOwner', []);
  const [account, setAccount] = useState({ name: '', email: '', password: '' });
  const [workspaceName, setWorkspaceName] = useState('');
  const [tried, setTried] = useState(false);
  const [failure, setFailure] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  if (status.error) return <ErrorState whole error={status.error} onAgain={() => void status.refetch()} />;
  if (!status.data) return <PageSkeleton />;
  if (!status.data.needsOwner && !busy) return <Redirect to="/sign-in" />;
  const errors = accountErrors(account);
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (Object.keys(errors).length > 0) return;
    setBusy(true);
    setFailure(null);
    try {
      const email = account.email.trim();
      await create.mutateAsync({
        ...account,
        email,
        workspaceName: workspaceName.trim() || t('admin.settings.workspace'),
        ...language,
      });
      await signIn(email, account.password);
      queryClient.clear();
      window.location.assign('/');
    } catch (error) {
      setFailure(toApiError(error).message);
      setBusy(false);
    }
  };
  return (
    <EntryFrame title={t('entry.setup.title')} text={t('entry.setup.text')}>
      <form onSubmit={(event) => void submit(event)} noValidate>
        <Stack gap="sm">
          <AccountFields account={account} errors={tried ? errors : {}} onChange={setAccount} />
          <TextInput
            label={t('entry.setup.workspace')}
            description={t('entry.setup.workspaceHelp')}
            placeholder={t('entry.setup.workspaceHint')}
            autoComplete="organization"
            value={workspaceName}
            onChange={(event) => setWorkspaceName(event.currentTarget.value)}
          />
          {failure !== null && (
            <Alert color="red" variant="light" role="alert">
              {failure}
            </Alert>
          )}
          <Button type="submit" loading={busy} mt={4}>
            {t('entry.setup.create')}
          </Button>
        </Stack>
      </form>
    </EntryFrame>
  );
}
