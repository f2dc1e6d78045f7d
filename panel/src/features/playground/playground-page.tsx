import { Stack } from '@mantine/core';
import { lazy, Suspense } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate, useParams } from 'react-router';
import { type Capability, capabilityNamed } from '../../client/types';
import { PageHeader } from '../../components/page-header';
import { LoadingLines } from '../../components/query-state';
import { CapabilityChoice } from '../models/browse/capability-choice';

const CodePanel = lazy(async () => ({ default: (await import('./code/code-panel')).CodePanel }));

const PANELS = {
  chat: lazy(async () => ({ default: (await import('./chat/chat-panel')).ChatPanel })),
  content: lazy(async () => ({ default: (await import('./content/content-panel')).ContentPanel })),
  image: lazy(async () => ({ default: (await import('./image/image-panel')).ImagePanel })),
  audio: lazy(async () => ({ default: (await import('./audio/audio-panel')).AudioPanel })),
  embedding: () => <CodePanel capability="embedding" />,
  transcription: () => <CodePanel capability="transcription" />,
} as const satisfies Record<Capability, unknown>;

/** Try each capability with the active model or any other. */
export function PlaygroundPage() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const capability = capabilityNamed(useParams()['capability']) ?? 'chat';
  const Panel = PANELS[capability];
  return (
    <>
      <PageHeader title={t('nav.playground')} description={t('playground.description')} />
      <Stack gap="md">
        <CapabilityChoice
          value={capability}
          onChange={(value) => void navigate(`/playground/${value}`, { replace: true })}
        />
        <Suspense fallback={<LoadingLines />}>
          <Panel />
        </Suspense>
      </Stack>
    </>
  );
}
