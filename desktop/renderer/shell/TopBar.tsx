import { ActionIcon, Menu, Tooltip, VisuallyHidden } from '@mantine/core';
import {
  IconCheck,
  IconDeviceDesktop,
  IconHelpCircle,
  IconLogout,
  IconMoon,
  IconSearch,
  IconServer2,
  IconSun,
} from '@tabler/icons-react';
import { desktopBridge } from '../api/bridge.ts';
import { queryClient, useMe } from '../api/queries.ts';
import { signOut } from '../api/session.ts';
import { chooseLanguage, type LanguageChoice, languageChoice, languages } from '../messages/language.ts';
import { useT } from '../messages/useT.ts';
import { initials } from '../parts/Avatar.tsx';
import { KeyCap } from '../parts/KeyCap.tsx';
import { tellFailure } from '../parts/tell.ts';
import { Bell } from '../screens/notifications/Bell.tsx';
import { type Scheme, useScheme } from '../theme/scheme.ts';
import { search } from './spotlight.ts';

const schemes: { scheme: Scheme; icon: typeof IconSun }[] = [
  { scheme: 'auto', icon: IconDeviceDesktop },
  { scheme: 'light', icon: IconSun },
  { scheme: 'dark', icon: IconMoon },
];

const languageChoices: LanguageChoice[] = ['system', 'en', 'de'];

/** The bar on top: workspace, search, help, the person. */
export function TopBar({ onHelp }: { onHelp: () => void }) {
  const t = useT();
  const { me } = useMe();
  const name = me?.workspace.name ?? '';
  return (
    <header className="topbar">
      <div className="row" style={{ minWidth: 0 }}>
        <span className="workspace-mark" aria-hidden="true">
          {name[0]?.toUpperCase()}
        </span>
        <span className="strong clip">{name}</span>
      </div>
      <button type="button" className="search-button" onClick={() => search.open()}>
        <IconSearch size={16} aria-hidden="true" />
        <span className="grow clip search-words">{t('shell.search')}</span>
        <KeyCap name={t('shell.searchKey')} />
      </button>
      <div className="topbar-end">
        <Bell />
        <Tooltip label={t('shell.help')}>
          <ActionIcon variant="subtle" size={32} radius="xl" onClick={onHelp} aria-label={t('shell.help')}>
            <IconHelpCircle size={19} stroke={1.6} />
          </ActionIcon>
        </Tooltip>
        <PersonMenu />
      </div>
    </header>
  );
}

function PersonMenu() {
  const t = useT();
  const { me } = useMe();
  const { scheme, setScheme } = useScheme();
  const chosen = languageChoice();
  const choose = (choice: LanguageChoice) =>
    void chooseLanguage(choice).catch((error: unknown) => tellFailure(error, t('shell.languageFailed')));
  const bridge = desktopBridge();
  const leave = async () => {
    try {
      await signOut();
      queryClient.clear();
      window.location.assign('/sign-in');
    } catch (error) {
      tellFailure(error, t('shell.signOutFailed'));
    }
  };
  return (
    <Menu position="bottom-end" width={240}>
      <Menu.Target>
        <button type="button" className="plain-button avatar">
          <VisuallyHidden>{t('shell.person', { name: me?.user.name ?? '' })}</VisuallyHidden>
          <span aria-hidden="true">{initials(me?.user.name ?? '')}</span>
        </button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>
          <span className="strong">{me?.user.name}</span>
          <br />
          {me?.user.email}
          <br />
          {me && t(`shell.role.${me.user.role}`)}
        </Menu.Label>
        <Menu.Divider />
        <Menu.Label>{t('shell.theme')}</Menu.Label>
        {schemes.map(({ scheme: each, icon: Sign }) => (
          <Menu.Item
            key={each}
            leftSection={<Sign size={16} />}
            rightSection={scheme === each ? <IconCheck size={16} /> : null}
            onClick={() => setScheme(each)}
          >
            {t(`shell.theme.${each}`)}
          </Menu.Item>
        ))}
        <Menu.Divider />
        <Menu.Label>{t('shell.language')}</Menu.Label>
        {languageChoices.map((each) => (
          <Menu.Item
            key={each}
            {...(each !== 'system' && { lang: each })}
            rightSection={chosen === each ? <IconCheck size={16} /> : null}
            onClick={() => choose(each)}
          >
            {each === 'system' ? t('shell.language.system') : languages[each]}
          </Menu.Item>
        ))}
        <Menu.Divider />
        {bridge && (
          <Menu.Item leftSection={<IconServer2 size={16} />} onClick={() => bridge.chooseServer()}>
            {t('shell.chooseServer')}
          </Menu.Item>
        )}
        <Menu.Item leftSection={<IconLogout size={16} />} onClick={() => void leave()}>
          {t('shell.signOut')}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
