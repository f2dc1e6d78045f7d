import { Box, Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { NavLink } from 'react-router';
import { useIsSuperadmin } from '../session-provider';
import { NAVIGATION } from './navigation';
import classes from './shell.module.css';

export function NavigationList({ onNavigate }: { readonly onNavigate: () => void }) {
  const { t } = useTranslation();
  const isSuperadmin = useIsSuperadmin();
  return (
    <Stack gap="lg">
      {NAVIGATION.map(({ group, items }) => (
        <Box key={group}>
          <Text size="xs" c="dimmed" fw={550} px={12} mb={6} component="div">
            {t(`shell.group.${group}`)}
          </Text>
          <ul className={classes.list}>
            {items
              .filter((item) => isSuperadmin || !item.superadmin)
              .map(({ to, key, icon: Icon }) => (
                <li key={to}>
                  <NavLink to={to} end={to === '/'} className={classes.link ?? ''} onClick={onNavigate}>
                    <Icon size={18} stroke={1.7} aria-hidden />
                    {t(`nav.${key}`)}
                  </NavLink>
                </li>
              ))}
          </ul>
        </Box>
      ))}
    </Stack>
  );
}
