import { Box, Menu, Text, UnstyledButton } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { IconLogout, IconSettings } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { signOut } from '../../client/session';
import { notifyProblem } from '../../components/notify';
import { PlainText } from '../../components/plain-text';
import { ProviderAvatar } from '../../components/provider-avatar';
import { useUser } from '../session-provider';
import classes from './shell.module.css';

export function AccountMenu() {
  const { t } = useTranslation();
  const user = useUser();
  const navigate = useNavigate();
  const client = useQueryClient();
  const leave = useMutation({
    mutationFn: signOut,
    onSuccess: () => {
      client.clear();
      location.assign(document.baseURI);
    },
    onError: notifyProblem,
  });
  return (
    <Menu width={220} position="top-start">
      <Menu.Target>
        <UnstyledButton className={classes.account ?? ''} aria-label={t('shell.account')}>
          <ProviderAvatar slug={user.email} name={user.name || user.email} size={32} />
          <Box style={{ minWidth: 0 }}>
            <Text size="sm" fw={550} truncate component="div">
              <PlainText value={user.name || user.email} />
            </Text>
            <Text size="xs" c="dimmed" component="div">
              {t(`role.${user.role}`)}
            </Text>
          </Box>
        </UnstyledButton>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item leftSection={<IconSettings size={16} />} onClick={() => void navigate('/settings')}>
          {t('nav.settings')}
        </Menu.Item>
        <Menu.Item leftSection={<IconLogout size={16} className="mirrored" />} onClick={() => leave.mutate()}>
          {t('shell.signOut')}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
