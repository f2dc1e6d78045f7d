import { Button, Card, Group, SimpleGrid, Stack } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Target } from '../../client/generation';
import type { Capability } from '../../client/types';
import { CapabilityIcon } from '../../components/capability-icon';
import { EmptyState } from '../../components/empty-state';
import { ProblemAlert } from '../../components/problem-alert';
import { LoadingLines } from '../../components/query-state';
import { CodeButton } from './code/code-button';
import type { Snippet } from './code/snippets';
import { TargetPicker } from './target-picker';
import type { Generation, GenerationResult } from './use-generation';

interface GenerationFrameProps<Body, Answer> {
  readonly capability: Capability;
  readonly target: Target;
  readonly onTarget: (target: Target) => void;
  readonly generation: Generation<Body, Answer>;
  readonly onSubmit: (event: React.SubmitEvent<HTMLFormElement>) => void;
  readonly snippets: () => readonly Snippet[];
  readonly fields: ReactNode;
  readonly empty: string;
  /** Earlier results stay in view below the latest. */
  readonly keeps?: boolean;
  readonly children: (result: GenerationResult<Body, Answer>) => ReactNode;
}

/** What is asked on one side, what came of it on the other. */
export function GenerationFrame<Body, Answer>({
  capability,
  target,
  onTarget,
  generation,
  onSubmit,
  snippets,
  fields,
  empty,
  keeps = false,
  children,
}: GenerationFrameProps<Body, Answer>) {
  const { t } = useTranslation();
  const { running, results, error, stop } = generation;
  const shown = keeps ? results : results.slice(0, running ? 0 : 1);
  return (
    <SimpleGrid cols={{ base: 1, lg: 2 }} spacing="md">
      <Card padding="md" style={{ alignSelf: 'start' }}>
        <form onSubmit={onSubmit} noValidate>
          <Stack gap="sm">
            <TargetPicker capability={capability} value={target} onChange={onTarget} />
            {fields}
            <Group justify="space-between">
              <CodeButton snippets={snippets} />
              {running ? (
                <Button variant="default" onClick={stop}>
                  {t('playground.stop')}
                </Button>
              ) : (
                <Button type="submit">{t('playground.generate')}</Button>
              )}
            </Group>
          </Stack>
        </form>
      </Card>
      <Card padding="md" aria-live="polite" aria-busy={running}>
        <Stack gap="md">
          <ProblemAlert error={error} />
          {running && <LoadingLines count={6} />}
          {shown.map((result, index) => (
            <div key={results.length - index}>{children(result)}</div>
          ))}
          {!running && !error && shown.length === 0 && (
            <EmptyState icon={<CapabilityIcon capability={capability} size={24} />} title={empty} />
          )}
        </Stack>
      </Card>
    </SimpleGrid>
  );
}
