import { Button, Group } from '@mantine/core';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { Target } from '../../../client/generation';
import { CapabilityIcon } from '../../../components/capability-icon';
import { EmptyState } from '../../../components/empty-state';
import { ProblemAlert } from '../../../components/problem-alert';
import { TargetPicker } from '../target-picker';
import { ChatTurnView } from './chat-turn';
import classes from './chat.module.css';
import type { ChatThread } from './use-chat-thread';

interface ChatColumnProps {
  readonly thread: ChatThread;
  readonly target: Target;
  readonly onTarget: (target: Target) => void;
  /** Which of two it is; null when it is the only one. */
  readonly number: number | null;
  /** Puts a suggested beginning into the message. */
  readonly onStarter: (text: string) => void;
}

const STARTERS = ['explain', 'write', 'translate'] as const;

export function ChatColumn({ thread, target, onTarget, number, onStarter }: ChatColumnProps) {
  const { t } = useTranslation();
  const label = number === null ? t('playground.conversation') : t('playground.conversationOf', { number });
  const scroller = useRef<HTMLDivElement>(null);
  const last = thread.turns.at(-1);
  useEffect(() => {
    const element = scroller.current;
    // Follows the answer, unless the reader has scrolled up.
    if (element && element.scrollHeight - element.scrollTop - element.clientHeight < 160)
      element.scrollTop = element.scrollHeight;
  }, [last, thread.error]);
  return (
    <section className={classes.column} aria-label={label}>
      <TargetPicker capability="chat" value={target} onChange={onTarget} />
      <div ref={scroller} className={classes.thread} tabIndex={0} role="log" aria-label={label} aria-live="off">
        {thread.turns.length === 0 && (
          <EmptyState
            icon={<CapabilityIcon capability="chat" size={24} />}
            title={t('playground.chatEmpty')}
            detail={t('playground.chatEmptyHint')}
            action={
              <Group gap="xs" justify="center" mt="xs">
                {STARTERS.map((starter) => (
                  <Button
                    key={starter}
                    size="xs"
                    variant="default"
                    onClick={() => onStarter(t(`playground.starters.${starter}`))}
                  >
                    {t(`playground.starters.${starter}`)}
                  </Button>
                ))}
              </Group>
            }
          />
        )}
        {thread.turns.map((turn, index) => (
          <ChatTurnView key={index} turn={turn} streaming={thread.running && index === thread.turns.length - 1} />
        ))}
        <ProblemAlert error={thread.error} />
      </div>
    </section>
  );
}
