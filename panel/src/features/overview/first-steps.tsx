import { Button, Card, Group, Text, Title } from '@mantine/core';
import { IconCheck } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useIsSuperadmin } from '../../app/session-provider';
import type { Provider, Selection } from '../../client/types';
import classes from './first-steps.module.css';

interface FirstStepsProps {
  readonly selections: readonly Selection[];
  readonly providers: readonly Provider[];
}

/** What is missing before a real answer, each with one click to mend it; gone when nothing is. */
export function FirstSteps({ selections, providers }: FirstStepsProps) {
  const { t } = useTranslation();
  const isSuperadmin = useIsSuperadmin();
  const real = providers.filter((row) => row.slug !== 'sandbox');
  const hasKey = real.some((row) => row.has_shared_key || row.has_personal_key);
  const chosen = selections.some((row) => row.is_active && row.provider !== 'sandbox');
  const used = real.some((row) => row.stats.total_requests > 0);
  const steps = [
    { key: 'key', done: hasKey, to: isSuperadmin ? '/providers?key=missing' : '/settings/keys' },
    { key: 'model', done: chosen, to: '/models' },
    { key: 'try', done: chosen && used, to: '/playground/chat' },
  ] as const;
  const next = steps.findIndex((step) => !step.done);
  if (next === -1) return null;
  return (
    <Card component="section" aria-labelledby="first-steps" className={classes.card ?? ''}>
      <Title order={2} id="first-steps">
        {t('overview.first.title')}
      </Title>
      <Text size="sm" c="dimmed" mt={2}>
        {t('overview.first.hint')}
      </Text>
      <ol className={classes.steps}>
        {steps.map((step, index) => (
          <li
            key={step.key}
            className={classes.step}
            data-state={step.done ? 'done' : index === next ? 'next' : 'later'}
          >
            <span className={classes.number} aria-hidden>
              {step.done ? <IconCheck size={14} stroke={3} /> : index + 1}
            </span>
            <div style={{ flex: 1, minWidth: 0 }}>
              <Text fw={600} size="sm">
                {t(`overview.first.${step.key}`)}
              </Text>
              <Text size="xs" c="dimmed">
                {step.done ? t('overview.first.done') : t(`overview.first.${step.key}Hint`)}
              </Text>
              {index === next && (
                <Group mt="xs">
                  <Button component={Link} to={step.to} size="xs">
                    {t(`overview.first.${step.key}Action`)}
                  </Button>
                </Group>
              )}
            </div>
          </li>
        ))}
      </ol>
    </Card>
  );
}
