import { Group, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useFormats } from '../../app/preferences-provider';
import type { GenerationFacts as Facts } from '../../client/types';
import { Identifier } from '../../components/identifier';
import { Tag } from '../../components/tag';

interface GenerationFactsProps {
  readonly facts: Facts & { readonly served_by_fallback?: boolean };
  readonly latencyMs?: number | undefined;
  readonly firstTokenMs?: number | undefined;
}

/** What one call used and cost, and who answered. */
export function GenerationFacts({ facts, latencyMs, firstTokenMs }: GenerationFactsProps) {
  const { t } = useTranslation();
  const formats = useFormats();
  const { usage } = facts;
  const pieces = [
    firstTokenMs === undefined ? null : t('playground.firstToken', { value: formats.duration(firstTokenMs) }),
    latencyMs === undefined ? null : t('playground.total', { value: formats.duration(latencyMs) }),
    usage?.prompt_tokens == null
      ? null
      : t('playground.tokens', {
          input: formats.number(usage.prompt_tokens),
          output: formats.number(usage.completion_tokens),
        }),
    facts.cost_usd === null
      ? t('playground.costUnknown')
      : t('playground.cost', { value: formats.money(facts.cost_usd) }),
  ].filter((piece) => piece !== null);
  return (
    <Group gap="6px 14px" mt={8} wrap="wrap">
      <Text size="xs" c="dimmed" component="span">
        <Identifier value={`${facts.provider.slug}/${facts.model.id}`} limit={70} />
      </Text>
      {pieces.map((piece) => (
        <Text key={piece} size="xs" c="dimmed" className="tabular" component="span">
          <bdi>{piece}</bdi>
        </Text>
      ))}
      {facts.served_by_fallback && <Tag tone="caution">{t('playground.fallback')}</Tag>}
    </Group>
  );
}
