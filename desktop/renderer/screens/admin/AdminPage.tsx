import './admin.css';
import type { Icon } from '@tabler/icons-react';
import {
  IconAdjustmentsHorizontal,
  IconApi,
  IconCpu,
  IconKey,
  IconLock,
  IconShieldCheck,
  IconStack2,
  IconUsers,
  IconUsersGroup,
} from '@tabler/icons-react';
import { Link, Redirect } from 'wouter';
import { useMe } from '../../api/queries.ts';
import { useT } from '../../messages/useT.ts';
import { EmptyState } from '../../parts/EmptyState.tsx';
import { NotFound } from '../../shell/NotFound.tsx';
import { ApiKeys } from './ApiKeys.tsx';
import { Audit } from './Audit.tsx';
import { Groups } from './Groups.tsx';
import { People } from './People.tsx';
import { Queue } from './Queue.tsx';
import { Secrets } from './Secrets.tsx';
import { Settings } from './Settings.tsx';
import { Workers } from './Workers.tsx';

const tabs: {
  name: 'people' | 'groups' | 'keys' | 'secrets' | 'queue' | 'workers' | 'audit' | 'settings';
  icon: Icon;
  needs: string;
  Body: () => React.ReactNode;
}[] = [
  { name: 'people', icon: IconUsers, needs: 'people.manage', Body: People },
  { name: 'groups', icon: IconUsersGroup, needs: 'people.manage', Body: Groups },
  { name: 'keys', icon: IconApi, needs: 'apikey.manage', Body: ApiKeys },
  { name: 'secrets', icon: IconKey, needs: 'secret.manage', Body: Secrets },
  { name: 'queue', icon: IconStack2, needs: 'workers.manage', Body: Queue },
  { name: 'workers', icon: IconCpu, needs: 'workers.manage', Body: Workers },
  { name: 'audit', icon: IconShieldCheck, needs: 'audit.read', Body: Audit },
  { name: 'settings', icon: IconAdjustmentsHorizontal, needs: 'workspace.read', Body: Settings },
];

/** The parts of Admin that one may see, and the one that is open. */
export function AdminPage({ tab }: { tab: string | undefined }) {
  const t = useT();
  const { me, may } = useMe();
  const shown = tabs.filter((one) => may(one.needs));
  const first = shown[0];
  if (!me) return null;
  if (tab === undefined) return first ? <Redirect to={`/admin/${first.name}`} replace /> : <NotFound />;
  const known = tabs.find((one) => one.name === tab);
  if (!known) return <NotFound />;
  return (
    <div className="admin">
      <nav className="admin-nav" aria-label={t('admin.title')}>
        <h2>{t('admin.title')}</h2>
        <ul>
          {shown.map(({ name, icon: Sign }) => (
            <li key={name}>
              <Link href={`/admin/${name}`} aria-current={name === tab ? 'page' : undefined}>
                <Sign size={17} stroke={1.6} aria-hidden="true" />
                {t(`admin.tab.${name}`)}
              </Link>
            </li>
          ))}
        </ul>
      </nav>
      {may(known.needs) ? <known.Body /> : <EmptyState icon={IconLock} title={t('admin.none.title')} />}
    </div>
  );
}
