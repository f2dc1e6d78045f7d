import { Loader, Text } from '@mantine/core';
import { memo } from 'react';
import { useTranslation } from 'react-i18next';
import { Tag } from '../../../components/tag';
import { GenerationFacts } from '../generation-facts';
import { SafeMarkdown } from '../safe-markdown';
import classes from './chat.module.css';
import type { ChatTurnState } from './thread-state';

/** Plain text while it streams, Markdown once it stands. */
export const ChatTurnView = memo(function ChatTurnView({
  turn,
  streaming,
}: {
  readonly turn: ChatTurnState;
  readonly streaming: boolean;
}) {
  const { t } = useTranslation();
  if (turn.role === 'user')
    return (
      <div className={classes.turn} data-role="user" dir="auto">
        {turn.content}
      </div>
    );
  return (
    <div className={classes.turn} data-role="assistant">
      {turn.reasoning && (
        <details className={classes.reasoning} open={streaming}>
          <summary>{t('playground.reasoning')}</summary>
          <span dir="auto">{turn.reasoning}</span>
        </details>
      )}
      {streaming ? (
        turn.content ? (
          <div className={classes.streaming} dir="auto">
            {turn.content}
          </div>
        ) : (
          <Loader type="dots" size="sm" aria-label={t('playground.waiting')} />
        )
      ) : turn.content ? (
        <SafeMarkdown text={turn.content} />
      ) : (
        // Without an answer the error says what happened.
        turn.answer && (
          <Text size="sm" c="dimmed">
            {turn.answer?.finish_reason === 'content_filter' ? t('playground.filtered') : t('playground.emptyReply')}
          </Text>
        )
      )}
      {turn.stopped && <Tag tone="caution">{t('playground.stopped')}</Tag>}
      {turn.answer?.finish_reason === 'length' && <Tag tone="caution">{t('playground.cut')}</Tag>}
      {turn.answer && (
        <GenerationFacts facts={turn.answer} latencyMs={turn.latencyMs} firstTokenMs={turn.firstTokenMs} />
      )}
    </div>
  );
});
