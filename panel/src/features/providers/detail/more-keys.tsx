import { ActionIcon, Button, Group, Stack, Text, Tooltip } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { IconPlus, IconTrash } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useFormats } from '../../../app/preferences-provider';
import { type KeyScope, type ListedKey, listKeys, removeKey } from '../../../client/providers';
import { notifyProblem } from '../../../components/notify';
import { Identifier } from '../../../components/identifier';
import { PlainText } from '../../../components/plain-text';
import { Tag } from '../../../components/tag';
import { AddKeyModal } from './add-key-modal';

const PRIMARY = 'primary';

/** Keys beside the primary one: they share the calls by weight, and carry on when one rests. */
export function MoreKeys({ slug, scope }: { readonly slug: string; readonly scope: KeyScope }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const queryKey = ['providers', slug, 'keys', scope];
  const [adding, { open, close }] = useDisclosure(false);
  const keys = useQuery({ queryKey, queryFn: ({ signal }) => listKeys(scope, slug, signal) });
  const remove = useMutation({
    mutationFn: (key: ListedKey) => removeKey(scope, slug, key.id),
    onError: notifyProblem,
    onSettled: () => client.invalidateQueries({ queryKey: ['providers'] }),
  });
  const others = (keys.data?.data ?? []).filter((key) => key.label !== PRIMARY);
  return (
    <Stack gap={8}>
      {others.map((key) => (
        <KeyOfMany key={key.id} listed={key} isRemoving={remove.isPending} onRemove={() => remove.mutate(key)} />
      ))}
      <Group>
        <Button size="compact-sm" variant="subtle" leftSection={<IconPlus size={14} />} onClick={open}>
          {t('keys.addAnother')}
        </Button>
      </Group>
      {adding && <AddKeyModal slug={slug} scope={scope} onClose={close} />}
    </Stack>
  );
}

interface KeyOfManyProps {
  readonly listed: ListedKey;
  readonly isRemoving: boolean;
  readonly onRemove: () => void;
}

function KeyOfMany({ listed, isRemoving, onRemove }: KeyOfManyProps) {
  const { t } = useTranslation();
  const formats = useFormats();
  return (
    <Group gap={8} wrap="nowrap">
      <Text size="sm" component="span" style={{ flex: 1, minWidth: 0 }}>
        <PlainText value={listed.label} limit={40} /> <Identifier value={`••••${listed.last4}`} />
      </Text>
      <Tag>{t('keys.weight', { value: formats.number(listed.weight) })}</Tag>
      {listed.is_resting && <Tag tone="caution">{t('keys.resting')}</Tag>}
      <Tag
        tone={listed.status === 'valid' ? 'positive' : listed.status === 'unverified' ? 'info' : 'negative'}
        {...(listed.reason ? { title: listed.reason } : {})}
      >
        {t(`keys.status.${listed.status}`)}
      </Tag>
      <Tooltip label={t('keys.remove')}>
        <ActionIcon onClick={onRemove} loading={isRemoving} aria-label={t('keys.removeThis', { name: listed.label })}>
          <IconTrash size={16} />
        </ActionIcon>
      </Tooltip>
    </Group>
  );
}
