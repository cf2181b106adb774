import { Alert, Button, Stack } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { Link } from 'wouter';
import { toApiError } from '../../api/errors.ts';
import { queryClient, useRead, useWrite } from '../../api/queries.ts';
import { signIn } from '../../api/session.ts';
import { useT } from '../../messages/useT.ts';
import { PageSkeleton } from '../../parts/Skeletons.tsx';
import { AccountFields, accountErrors, NewPassword } from './AccountFields.tsx';
import { EntryFrame } from './EntryFrame.tsx';

/** Accepts an invitation: makes the account, or gives the one that is there a new password, and signs in. */
export function InvitePage({ token }: { token: string }) {
  const t = useT();
  const invite = useRead('invite', 'look', { token });
  const accept = useWrite('invite', 'accept', []);
  const [entered, setEntered] = useState({ name: '', email: '', password: '' });
  const [tried, setTried] = useState(false);
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<string | null>(null);
  if (invite.error) {
    return (
      <EntryFrame title={t('entry.invite.gone')} text={invite.error.message}>
        <Button component={Link} href="/sign-in" variant="default" fullWidth>
          {t('entry.signIn.button')}
        </Button>
      </EntryFrame>
    );
  }
  if (!invite.data) return <PageSkeleton />;
  const { email: fixed, account: known, role, workspaceName } = invite.data;
  const account = { ...entered, name: known?.name ?? entered.name, email: fixed ?? entered.email };
  /** the account is in use: only its password is new */
  const renews = known?.removed === false;
  const errors = accountErrors(account);
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (Object.keys(errors).length > 0) return;
    setBusy(true);
    setFailure(null);
    try {
      const email = account.email.trim();
      await accept.mutateAsync({ token, ...account, email });
      await signIn(email, account.password);
      queryClient.clear();
      window.location.assign('/');
    } catch (error) {
      setFailure(toApiError(error).message);
      setBusy(false);
    }
  };
  return (
    <EntryFrame
      title={renews ? t('entry.renew.title') : t('entry.invite.title', { workspace: workspaceName })}
      text={
        renews
          ? t('entry.renew.text', { name: known.name, email: fixed ?? '' })
          : t('entry.invite.text', { role: t(`shell.role.${role}`) })
      }
    >
      <form onSubmit={(event) => void submit(event)} noValidate>
        <Stack gap="sm">
          {known ? (
            <NewPassword
              value={account.password}
              error={tried ? errors.password : undefined}
              onChange={(password) => setEntered({ ...account, password })}
            />
          ) : (
            <AccountFields
              account={account}
              errors={tried ? errors : {}}
              onChange={setEntered}
              emailFixed={fixed !== null}
            />
          )}
          {failure !== null && (
            <Alert color="red" variant="light" role="alert">
              {failure}
            </Alert>
          )}
          <Button type="submit" loading={busy} mt={4}>
            {t(renews ? 'entry.renew.button' : 'entry.invite.button')}
          </Button>
        </Stack>
      </form>
    </EntryFrame>
  );
}
