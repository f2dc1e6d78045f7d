import type { ChatAnswer } from '../../../client/generation';

export interface ChatTurnState {
  readonly role: 'user' | 'assistant';
  readonly content: string;
  readonly reasoning?: string;
  readonly answer?: ChatAnswer;
  readonly latencyMs?: number | undefined;
  readonly firstTokenMs?: number | undefined;
  /** Ended by the person before the model did. */
  readonly stopped?: boolean;
}

export interface ThreadState {
  readonly turns: readonly ChatTurnState[];
  readonly running: boolean;
  readonly error: unknown;
}

export type ThreadAction =
  | { readonly type: 'asked'; readonly message: string }
  | { readonly type: 'delta'; readonly text: string; readonly reasoning: string }
  | {
      readonly type: 'done';
      readonly answer: ChatAnswer;
      readonly latencyMs: number;
      readonly firstTokenMs: number | undefined;
    }
  | { readonly type: 'ended'; readonly error: unknown }
  | { readonly type: 'cleared' };

export const NO_THREAD: ThreadState = { turns: [], running: false, error: null };

export function reduceThread(state: ThreadState, action: ThreadAction): ThreadState {
  switch (action.type) {
    case 'asked':
      return {
        running: true,
        error: null,
        turns: [...state.turns, { role: 'user', content: action.message }, { role: 'assistant', content: '' }],
      };
    case 'delta':
      return withLast(state, (turn) => ({
        ...turn,
        content: turn.content + action.text,
        reasoning: (turn.reasoning ?? '') + action.reasoning,
      }));
    case 'done':
      return {
        ...withLast(state, (turn) => ({
          ...turn,
          content: action.answer.reply,
          reasoning: action.answer.reasoning ?? turn.reasoning ?? '',
          answer: action.answer,
          latencyMs: action.latencyMs,
          firstTokenMs: action.firstTokenMs,
        })),
        running: false,
      };
    case 'ended':
      return {
        ...withLast(state, (turn) => ({ ...turn, stopped: action.error === null })),
        running: false,
        error: action.error,
      };
    case 'cleared':
      return NO_THREAD;
  }
}

function withLast(state: ThreadState, change: (turn: ChatTurnState) => ChatTurnState): ThreadState {
  const last = state.turns.at(-1);
  return last?.role === 'assistant' ? { ...state, turns: [...state.turns.slice(0, -1), change(last)] } : state;
}
