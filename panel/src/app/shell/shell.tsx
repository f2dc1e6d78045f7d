import { AppShell, Burger, Group, ScrollArea } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { Suspense } from 'react';
import { useTranslation } from 'react-i18next';
import { Outlet, ScrollRestoration } from 'react-router';
import { LoadingLines } from '../../components/query-state';
import { AccountMenu } from './account-menu';
import { AppearanceControls } from './appearance-controls';
import { Brand } from './brand';
import { NavigationList } from './navigation-list';
import { OfflineBar } from './offline-bar';
import classes from './shell.module.css';

/** The frame around every page: navigation at the side, behind a button on narrow screens. */
export function Shell() {
  const { t } = useTranslation();
  const [opened, { toggle, close }] = useDisclosure(false);
  return (
    <>
      <a
        className="skip-link"
        href="#main"
        onClick={(event) => {
          event.preventDefault();
          document.getElementById('main')?.focus();
        }}
      >
        {t('shell.skip')}
      </a>
      <AppShell
        layout="alt"
        navbar={{ width: 248, breakpoint: 'md', collapsed: { mobile: !opened } }}
        header={{ height: { base: 56, md: 0 } }}
        padding={{ base: 'md', md: 'xl' }}
      >
        <AppShell.Header className={classes.header ?? ''} hiddenFrom="md">
          <Group h="100%" px="md" justify="space-between" wrap="nowrap">
            <Group gap="sm" wrap="nowrap">
              <Burger opened={opened} onClick={toggle} size="sm" aria-label={t('shell.menu')} aria-expanded={opened} />
              <Brand />
            </Group>
            <AppearanceControls />
          </Group>
        </AppShell.Header>
        <AppShell.Navbar className={classes.navbar ?? ''} p="sm" aria-label={t('shell.navigation')}>
          <AppShell.Section px={8} py={10} mb="sm">
            <Group justify="space-between" wrap="nowrap">
              <Brand />
              <Burger opened={opened} onClick={close} size="sm" hiddenFrom="md" aria-label={t('shell.closeMenu')} />
            </Group>
          </AppShell.Section>
          <AppShell.Section grow component={ScrollArea}>
            <NavigationList onNavigate={close} />
          </AppShell.Section>
          <AppShell.Section pt="sm">
            <Group visibleFrom="md" mb={4}>
              <AppearanceControls />
            </Group>
            <AccountMenu />
          </AppShell.Section>
        </AppShell.Navbar>
        <AppShell.Main className={classes.main ?? ''} id="main" tabIndex={-1} style={{ outline: 'none' }}>
          <OfflineBar />
          <div className={classes.page}>
            <Suspense fallback={<LoadingLines />}>
              <Outlet />
            </Suspense>
          </div>
        </AppShell.Main>
      </AppShell>
      <ScrollRestoration />
    </>
  );
}
