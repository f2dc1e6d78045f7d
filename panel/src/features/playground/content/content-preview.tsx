import { Group, Stack, Tabs, Text, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useFormats } from '../../../app/preferences-provider';
import type { ContentAnswer } from '../../../client/generation';
import { CodeBlock } from '../../../components/code-block';
import { CopyButton } from '../../../components/copy-button';
import { Identifier } from '../../../components/identifier';
import { PlainText } from '../../../components/plain-text';
import { Tag } from '../../../components/tag';
import { GenerationFacts } from '../generation-facts';
import { SafeMarkdown } from '../safe-markdown';
import classes from './content.module.css';

export function ContentPreview({
  answer,
  latencyMs,
}: {
  readonly answer: ContentAnswer;
  readonly latencyMs: number | undefined;
}) {
  const { t } = useTranslation();
  const formats = useFormats();
  return (
    <Tabs defaultValue="preview">
      <Tabs.List mb="md">
        <Tabs.Tab value="preview">{t('playground.preview')}</Tabs.Tab>
        <Tabs.Tab value="source">{t('playground.source')}</Tabs.Tab>
      </Tabs.List>
      <Tabs.Panel value="preview">
        <Stack gap="md">
          <div className={classes.result} dir="auto">
            <Text size="xs" c="dimmed" component="div">
              <Identifier value={`example.com › ${answer.slug}`} />
            </Text>
            <Text className={classes.resultTitle ?? ''} component="div">
              <PlainText value={answer.meta_title} />
            </Text>
            <Text size="sm" component="div">
              <PlainText value={answer.meta_description} />
            </Text>
          </div>
          <Group gap={6}>
            <Tag>{t('playground.metaTitle', { value: formats.number([...answer.meta_title].length) })}</Tag>
            <Tag>{t('playground.metaDescription', { value: formats.number([...answer.meta_description].length) })}</Tag>
            <Tag>{t('playground.wordCount', { value: formats.number(answer.word_count) })}</Tag>
          </Group>
          <Title order={2} fz="xl" dir="auto">
            <PlainText value={answer.title} />
          </Title>
          <SafeMarkdown text={answer.content} />
          <Group gap={6}>
            {answer.keywords.map((keyword) => (
              <Tag key={keyword} tone="accent">
                <PlainText value={keyword} limit={60} />
              </Tag>
            ))}
          </Group>
        </Stack>
      </Tabs.Panel>
      <Tabs.Panel value="source">
        <Group justify="flex-end" mb={4}>
          <CopyButton value={answer.content} />
        </Group>
        <CodeBlock code={JSON.stringify(answer, null, 2)} label={t('playground.source')} />
      </Tabs.Panel>
      <GenerationFacts facts={answer} latencyMs={latencyMs} />
    </Tabs>
  );
}
