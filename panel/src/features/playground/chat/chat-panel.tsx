import { Button, Group, SimpleGrid, Textarea } from '@mantine/core';
import { IconColumns2, IconEraser, IconPlayerStopFilled, IconSend2 } from '@tabler/icons-react';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Target } from '../../../client/generation';
import { CodeButton } from '../code/code-button';
import { chatSnippets } from '../code/snippets';
import { directionOf } from '../../../text/direction';
import { ToolButton } from '../tool-button';
import { ChatColumn } from './chat-column';
import classes from './chat.module.css';
import { type ChatSettings, ChatSettingsButton } from './chat-settings';
import { useChatThread } from './use-chat-thread';

/** One conversation, or the same one with two models side by side. */
export function ChatPanel() {
  const { t } = useTranslation();
  const [targets, setTargets] = useState<readonly [Target, Target]>([{}, {}]);
  const [sideBySide, setSideBySide] = useState(false);
  const [settings, setSettings] = useState<ChatSettings>({ system: '', temperature: null, maxTokens: null });
  const [text, setText] = useState('');
  const composer = useRef<HTMLTextAreaElement>(null);
  const first = useChatThread();
  const second = useChatThread();
  const threads = sideBySide ? [first, second] : [first];
  const running = threads.some((thread) => thread.running);

  const send = () => {
    const message = text.trim();
    if (!message || running) return;
    setText('');
    threads.forEach((thread, index) => void thread.send(message, targets[index] ?? {}, settings));
    composer.current?.focus();
  };
  const begin = (starter: string) => {
    setText(starter);
    composer.current?.focus();
  };
  const setTarget = (index: number, target: Target) =>
    setTargets(([a, b]) => (index === 0 ? [target, b] : [a, target]));

  return (
    <div className={classes.panel}>
      <SimpleGrid cols={{ base: 1, md: threads.length }} spacing="md" className={classes.columns ?? ''}>
        {threads.map((thread, index) => (
          <ChatColumn
            key={index}
            thread={thread}
            target={targets[index] ?? {}}
            onTarget={(target) => setTarget(index, target)}
            number={sideBySide ? index + 1 : null}
            onStarter={begin}
          />
        ))}
      </SimpleGrid>
      <div className={classes.composer}>
        <Textarea
          ref={composer}
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
          onKeyDown={(event) => {
            if (event.key === 'Enter' && !event.shiftKey && !event.nativeEvent.isComposing) {
              event.preventDefault();
              send();
            }
          }}
          placeholder={t('playground.say')}
          aria-label={t('playground.message')}
          description={t('playground.sayHint')}
          inputWrapperOrder={['label', 'input', 'description']}
          autosize
          minRows={2}
          maxRows={8}
          dir={directionOf(text)}
        />
        <Group justify="space-between" mt="xs">
          <Group gap={4}>
            <ChatSettingsButton value={settings} onChange={setSettings} />
            <ToolButton
              icon={<IconColumns2 size={18} />}
              name={t('playground.sideBySide')}
              pressed={sideBySide}
              onClick={() => setSideBySide(!sideBySide)}
            />
            <ToolButton
              icon={<IconEraser size={18} />}
              name={t('playground.clear')}
              onClick={() => threads.forEach((thread) => thread.clear())}
              disabled={running || threads.every((thread) => thread.turns.length === 0)}
            />
            <CodeButton
              snippets={() =>
                chatSnippets(
                  targets[0],
                  text.trim() || first.turns.find((turn) => turn.role === 'user')?.content || 'Hello!',
                  settings.system,
                )
              }
            />
          </Group>
          {running ? (
            <Button
              variant="default"
              leftSection={<IconPlayerStopFilled size={16} />}
              onClick={() => threads.forEach((thread) => thread.stop())}
            >
              {t('playground.stop')}
            </Button>
          ) : (
            <Button leftSection={<IconSend2 size={16} className="mirrored" />} onClick={send} disabled={!text.trim()}>
              {t('playground.send')}
            </Button>
          )}
        </Group>
      </div>
    </div>
  );
}
