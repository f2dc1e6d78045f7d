import { Button, Group, Stack, Text } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { IconClock } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useFormats } from '../../app/preferences-provider';
import { cancelScheduled } from '../../client/models';
import { Identifier } from '../../components/identifier';
import { notifyProblem } from '../../components/notify';
import { Section } from '../../components/section';
import { scheduledQuery } from './model-queries';

/** Switches that will happen by themselves; each can be called off. */
export function ScheduledSwitches() {
  const { t } = useTranslation();
  const formats = useFormats();
  const client = useQueryClient();
  const query = useQuery(scheduledQuery);
  const cancel = useMutation({
    mutationFn: cancelScheduled,
    onError: notifyProblem,
    onSettled: () => client.invalidateQueries({ queryKey: scheduledQuery.queryKey }),
  });
  const waiting = query.data?.data ?? [];
  if (waiting.length === 0) return null;
  return (
    <Section title={t('models.scheduled')}>
      <Stack gap="sm">
        {waiting.map((row) => (
          <Group key={row.id} gap="sm" wrap="wrap">
            <IconClock size={18} aria-hidden />
            <Text size="sm" component="div" style={{ flex: '1 1 260px' }}>
              {t(`capability.${row.capability}`)} · <Identifier value={`${row.provider}/${row.model_id}`} limit={90} />
              <Text size="xs" c="dimmed" component="div">
                <bdi>{formats.dateTime(row.activate_at)}</bdi>
              </Text>
            </Text>
            <Button
              size="compact-sm"
              variant="default"
              loading={cancel.isPending && cancel.variables === row.id}
              onClick={() => cancel.mutate(row.id)}
            >
              {t('models.callOff')}
            </Button>
          </Group>
        ))}
      </Stack>
    </Section>
  );
}
