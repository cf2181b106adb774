import { Alert, Button, PasswordInput, Stack, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { Redirect, useSearchParams } from 'wouter';
import { toApiError } from '../../api/errors.ts';
import { queryClient, useRead } from '../../api/queries.ts';
import { signIn } from '../../api/session.ts';
import { useT } from '../../messages/useT.ts';
import { EntryFrame } from './EntryFrame.tsx';
import { safeNext } from './safeNext.ts';

/** E-mail address and password. */
export function SignInPage() {
  const t = useT();
  const [search] = useSearchParams();
  const status = useRead('setup', 'status', {});
  const [email, setEmail] = useState('');
  const [password, setPassword] = useState('');
  const [tried, setTried] = useState(false);
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<string | null>(null);
  if (status.data?.needsOwner) return <Redirect to="/setup" />;
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (!email.trim() || !password) return;
    setBusy(true);
    setFailure(null);
    try {
      await signIn(email.trim(), password);
      queryClient.clear();
      window.location.assign(safeNext(search.get('next')));
    } catch (error) {
      const { code, message } = toApiError(error);
      setFailure(
        code === 'REFUSED' ? t('entry.signIn.wrong') : code === 'TOO_MANY' ? t('entry.signIn.tooMany') : message,
      );
      setBusy(false);
    }
  };
  return (
    <EntryFrame title={t('entry.signIn.title', { workspace: status.data?.workspaceName || t('shell.name') })}>
      <form onSubmit={(event) => void submit(event)} noValidate>
        <Stack gap="sm" mt="md">
          <TextInput
            label={t('entry.email')}
            description={t('entry.signIn.emailHint')}
            type="email"
            autoComplete="username"
            autoFocus
            value={email}
            error={tried && !email.trim() ? t('entry.needEmail') : null}
            onChange={(event) => setEmail(event.currentTarget.value)}
          />
          <PasswordInput
            label={t('entry.password')}
            description={t('entry.signIn.passwordHint')}
            autoComplete="current-password"
            value={password}
            error={tried && !password ? t('entry.needAnyPassword') : null}
            onChange={(event) => setPassword(event.currentTarget.value)}
          />
          {failure !== null && (
            <Alert color="red" variant="light" role="alert">
              {failure}
            </Alert>
          )}
          <Button type="submit" loading={busy} mt={4}>
            {t('entry.signIn.button')}
          </Button>
        </Stack>
      </form>
      <p className="entry-foot">{t('entry.signIn.noAccount')}</p>
    </EntryFrame>
  );
}
