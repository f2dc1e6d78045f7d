import { Button, Group, Stack, Text } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { IconDevices } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { endOtherSessions, endSession, listSessions, type SessionPlace } from '../../client/session';
import { Identifier } from '../../components/identifier';
import { notifyProblem, notifySuccess } from '../../components/notify';
import { PlainText } from '../../components/plain-text';
import { QueryState } from '../../components/query-state';
import { Section } from '../../components/section';
import { Tag } from '../../components/tag';
import { Timestamp } from '../../components/timestamp';
import { plainString } from '../../text/neutralise';
import { deviceName } from './device-name';
import { DangerButton } from '../../components/danger-button';

/** Where one is signed in; any of them can be ended. */
export function SessionList() {
  const { t } = useTranslation();
  const client = useQueryClient();
  const query = useQuery({ queryKey: ['sessions'], queryFn: ({ signal }) => listSessions(signal) });
  const end = useMutation({
    mutationFn: (place: SessionPlace | null) => (place ? endSession(place.id) : endOtherSessions()),
    onSuccess: () => notifySuccess(t('settings.sessionEnded')),
    onError: notifyProblem,
    onSettled: () => client.invalidateQueries({ queryKey: ['sessions'] }),
  });
  return (
    <Section
      title={t('settings.sessions')}
      actions={
        <Button
          variant="default"
          size="xs"
          loading={end.isPending && end.variables === null}
          onClick={() => end.mutate(null)}
        >
          {t('settings.endOthers')}
        </Button>
      }
    >
      <QueryState query={query}>
        {({ data: places }) => (
          <Stack gap="sm">
            {places.map((place) => (
              <Group key={place.id} justify="space-between" wrap="nowrap" gap="md">
                <Group gap={12} wrap="nowrap" style={{ minWidth: 0, flex: 1 }}>
                  <IconDevices size={20} aria-hidden style={{ flex: 'none' }} />
                  <div style={{ minWidth: 0 }}>
                    <Group gap={8}>
                      <Text size="sm" fw={550} component="div" title={plainString(place.user_agent ?? '', 300)}>
                        <PlainText
                          value={place.user_agent ? deviceName(place.user_agent) : t('settings.unknownDevice')}
                          limit={70}
                        />
                      </Text>
                      {place.is_current && <Tag tone="accent">{t('settings.thisDevice')}</Tag>}
                    </Group>
                    <Text size="xs" c="dimmed" component="div">
                      {place.ip_address && <Identifier value={place.ip_address} />}{' '}
                      <Timestamp value={place.created_at} />
                    </Text>
                  </div>
                </Group>
                <DangerButton
                  style={{ flex: 'none' }}
                  loading={end.isPending && end.variables?.id === place.id}
                  onClick={() => end.mutate(place)}
                >
                  {t('settings.endSession')}
                </DangerButton>
              </Group>
            ))}
          </Stack>
        )}
      </QueryState>
    </Section>
  );
}
