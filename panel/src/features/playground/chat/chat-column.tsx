import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { Target } from '../../../client/generation';
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
}

export function ChatColumn({ thread, target, onTarget }: ChatColumnProps) {
  const { t } = useTranslation();
  const scroller = useRef<HTMLDivElement>(null);
  const last = thread.turns.at(-1);
  useEffect(() => {
    const element = scroller.current;
    // Follows the answer, unless the reader has scrolled up.
    if (element && element.scrollHeight - element.scrollTop - element.clientHeight < 160)
      element.scrollTop = element.scrollHeight;
  }, [last, thread.error]);
  return (
    <section className={classes.column} aria-label={t('playground.conversation')}>
      <TargetPicker capability="chat" value={target} onChange={onTarget} />
      <div
        ref={scroller}
        className={classes.thread}
        tabIndex={0}
        role="log"
        aria-label={t('playground.conversation')}
        aria-live="off"
      >
        {thread.turns.length === 0 && (
          <EmptyState title={t('playground.chatEmpty')} detail={t('playground.chatEmptyHint')} />
        )}
        {thread.turns.map((turn, index) => (
          <ChatTurnView key={index} turn={turn} streaming={thread.running && index === thread.turns.length - 1} />
        ))}
        <ProblemAlert error={thread.error} />
      </div>
    </section>
  );
}
