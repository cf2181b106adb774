import { Button, Loader, Stack, Text } from '@mantine/core';
import type { Json } from '@rondo/shared/oas/json.ts';
import { lazy, Suspense, useState } from 'react';
import { Link } from 'wouter';
import { type Outputs, useRead, useWrite } from '../../api/queries.ts';
import { withTexts } from '../../messages/language.ts';
import { useT } from '../../messages/useT.ts';
import { ErrorState } from '../../parts/ErrorState.tsx';
import { usePageTitle } from '../../parts/Page.tsx';
import { PageSkeleton } from '../../parts/Skeletons.tsx';
import { EntryFrame } from '../entry/EntryFrame.tsx';

const StartForm = lazy(() =>
  withTexts(['said'], import('../../flow/StartForm.tsx')).then((m) => ({ default: m.StartForm })),
);

const keyPlace = (token: string) => `rondo.start.${token}`;

/** The key of what is being filled in: a second click, or the page loaded anew, sends it once. */
function keyOf(token: string): string {
  const known = sessionStorage.getItem(keyPlace(token));
  if (known) return known;
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  const key = Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
  sessionStorage.setItem(keyPlace(token), key);
  return key;
}

/** The page behind a start form's link: what it asks for, and a number to refer to when it was sent. */
export function StartPage({ token }: { token: string }) {
  const t = useT();
  const form = useRead('startForm', 'look', { token });
  const submit = useWrite('startForm', 'submit', []);
  const [sent, setSent] = useState<Outputs['startForm']['submit'] | null>(null);
  usePageTitle(form.data?.title ?? t('start.submit'));
  if (form.error?.code === 'UNAUTHENTICATED')
    return (
      <EntryFrame title={t('start.signIn')} text={form.error.message}>
        <Button component={Link} href={`/sign-in?next=${encodeURIComponent(`/start/${token}`)}`} fullWidth>
          {t('start.signIn')}
        </Button>
      </EntryFrame>
    );
  if (form.error && !['GONE', 'NOT_FOUND'].includes(form.error.code))
    return <ErrorState error={form.error} onAgain={() => void form.refetch()} whole />;
  if (form.error) return <EntryFrame title={t('start.gone')} text={form.error.message} />;
  if (!form.data) return <PageSkeleton />;
  if (sent)
    return (
      <EntryFrame title={t('start.thanks')} text={sent.created ? t('start.received') : t('start.before')}>
        <Stack gap="md" role="status">
          <Text>
            {t('start.reference')} <strong data-testid="reference">{sent.reference}</strong>
          </Text>
          <Button
            variant="default"
            onClick={() => {
              sessionStorage.removeItem(keyPlace(token));
              setSent(null);
            }}
          >
            {t('start.another')}
          </Button>
        </Stack>
      </EntryFrame>
    );
  const send = (inputs: { [name: string]: Json }) =>
    submit.mutate({ token, inputs, key: keyOf(token) }, { onSuccess: setSent });
  return (
    <EntryFrame title={form.data.title} {...(form.data.intro && { text: form.data.intro })}>
      <Suspense fallback={<Loader size="sm" />}>
        <StartForm
          form={token}
          inputs={form.data.inputs}
          submitLabel={t('start.submit')}
          busy={submit.isPending}
          error={submit.error?.message ?? null}
          onSubmit={send}
        />
      </Suspense>
    </EntryFrame>
  );
}
