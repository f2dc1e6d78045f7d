import { useCallback, useEffect, useReducer, useRef } from 'react';
import { type ChatAnswer, streamChat, type Target } from '../../../client/generation';
import { isAbort } from '../../../client/problem';
import type { ChatSettings } from './chat-settings';
import { type ChatTurnState, NO_THREAD, reduceThread } from './thread-state';

export interface ChatThread {
  readonly turns: readonly ChatTurnState[];
  readonly running: boolean;
  readonly error: unknown;
  readonly send: (message: string, target: Target, settings: ChatSettings) => Promise<void>;
  readonly stop: () => void;
  readonly clear: () => void;
}

/** One conversation with one model. Deltas are gathered and painted once per frame. */
export function useChatThread(): ChatThread {
  const [state, dispatch] = useReducer(reduceThread, NO_THREAD);
  const controller = useRef<AbortController | null>(null);
  useEffect(() => () => controller.current?.abort(), []);

  const send = useCallback(
    async (message: string, target: Target, settings: ChatSettings) => {
      if (controller.current) return;
      const mine = new AbortController();
      controller.current = mine;
      const history = state.turns.filter((turn) => turn.content !== '').map(({ role, content }) => ({ role, content }));
      dispatch({ type: 'asked', message });
      const began = performance.now();
      let firstTokenMs: number | undefined;
      let text = '';
      let reasoning = '';
      let frame = 0;
      const flush = () => {
        frame = 0;
        dispatch({ type: 'delta', text, reasoning });
        text = '';
        reasoning = '';
      };
      const soon = () => {
        firstTokenMs ??= performance.now() - began;
        if (frame === 0) frame = requestAnimationFrame(flush);
      };
      try {
        const answer: ChatAnswer = await streamChat(
          {
            message,
            ...target,
            ...(history.length > 0 ? { conversation_history: history } : {}),
            ...(settings.system.trim() ? { system_message: settings.system.trim() } : {}),
            ...(settings.temperature === null ? {} : { temperature: settings.temperature }),
            ...(settings.maxTokens === null ? {} : { max_tokens: settings.maxTokens }),
          },
          {
            onText: (piece) => {
              text += piece;
              soon();
            },
            onReasoning: (piece) => {
              reasoning += piece;
              soon();
            },
          },
          mine.signal,
        );
        cancelAnimationFrame(frame);
        dispatch({ type: 'done', answer, latencyMs: performance.now() - began, firstTokenMs });
      } catch (error) {
        cancelAnimationFrame(frame);
        flush();
        dispatch({ type: 'ended', error: isAbort(error) ? null : error });
      } finally {
        controller.current = null;
      }
    },
    [state.turns],
  );
  const stop = useCallback(() => controller.current?.abort(), []);
  const clear = useCallback(() => dispatch({ type: 'cleared' }), []);
  return { ...state, send, stop, clear };
}
