import './library.css';
import { Button } from '@mantine/core';
import { IconKey } from '@tabler/icons-react';
import { Link } from 'wouter';
import { useMe } from '../../api/queries.ts';
import { useT } from '../../messages/useT.ts';
import { Page } from '../../parts/Page.tsx';
import { NotFound } from '../../shell/NotFound.tsx';
import { Models } from './Models.tsx';
import { Samples } from './Samples.tsx';
import { Tools } from './Tools.tsx';

const tabs = [
  { name: 'tools', path: '/library', Body: Tools },
  { name: 'models', path: '/library/models', Body: Models },
  { name: 'samples', path: '/library/samples', Body: Samples },
] as const;

/** What flows are made with: tools, models, samples to begin from, and the way to the secrets that steps name. */
export function LibraryPage({ tab = 'tools' }: { tab: string | undefined }) {
  const t = useT();
  const { may } = useMe();
  const open = tabs.find((one) => one.name === tab);
  if (!open) return <NotFound />;
  return (
    <Page
      title={t('shell.place.library')}
      subtitle={t('library.about')}
      actions={
        may('secret.manage') ? (
          <Button component={Link} href="/admin/secrets" variant="default" leftSection={<IconKey size={16} />}>
            {t('library.secrets')}
          </Button>
        ) : undefined
      }
    >
      <nav className="page-tabs" aria-label={t('shell.place.library')}>
        {tabs.map(({ name, path }) => (
          <Link key={name} href={path} aria-current={name === tab ? 'page' : undefined}>
            {t(`library.tab.${name}`)}
          </Link>
        ))}
      </nav>
      <open.Body />
    </Page>
  );
}
