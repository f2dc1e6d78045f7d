import { Button, Group, Stack, Text } from '@mantine/core';
import { IconDownload } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useFormats } from '../../../app/preferences-provider';
import type { AudioAnswer } from '../../../client/generation';
import { Identifier } from '../../../components/identifier';
import { Tag } from '../../../components/tag';
import { useBlobAddress } from '../use-blob-address';

export function AudioResult({ audio }: { readonly audio: AudioAnswer['audio'] }) {
  const { t } = useTranslation();
  const formats = useFormats();
  const address = useBlobAddress(audio.b64, audio.mime, audio.url);
  if (address === null) return null;
  return (
    <Stack gap="sm">
      <audio controls src={address} style={{ width: '100%' }} aria-label={t('playground.player')} dir="ltr" />
      <Group justify="space-between">
        <Text size="sm" c="dimmed" component="div">
          <Identifier value={audio.mime} /> ·{' '}
          <bdi>{formats.duration(audio.duration_seconds === null ? null : audio.duration_seconds * 1000)}</bdi>
        </Text>
        <Group gap="xs">
          {audio.media_id && <Tag tone="positive">{t('playground.saved')}</Tag>}
          <Button
            component="a"
            href={address}
            download={`speech.${audio.mime.split('/')[1]?.replace('mpeg', 'mp3') ?? 'audio'}`}
            size="xs"
            variant="default"
            leftSection={<IconDownload size={14} />}
          >
            {t('playground.download')}
          </Button>
        </Group>
      </Group>
    </Stack>
  );
}
