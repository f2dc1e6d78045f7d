import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';

/** One request, as its caller saw it. */
export interface CallOutcome {
  readonly id: string;
  readonly token: string;
  /** 0 when there was no answer. */
  readonly status: number;
  /** Whether the answer arrived to its last byte, a stream to its `[DONE]`. */
  readonly isWhole: boolean;
}

/** Callers of `/v1/chat/completions`, each with one request at a time, every other one for a stream. */
export class SteadyLoad {
  readonly outcomes: CallOutcome[] = [];
  private isOver = false;
  private readonly callers: Promise<void>[];

  /** @param tokens callers take them in turn */
  constructor(
    private readonly address: string,
    tokens: readonly string[],
    callers: number,
    private readonly pauseMilliseconds = 0,
  ) {
    this.callers = Array.from({ length: callers }, (_, index) =>
      this.run(tokens[index % tokens.length] ?? '', index % 2 === 0),
    );
  }

  /** Ids of the requests whose answer arrived as a whole, so far. */
  get whole(): string[] {
    return this.outcomes.filter(({ isWhole }) => isWhole).map(({ id }) => id);
  }

  /** Resolves when the running requests have ended, well or not. */
  async stop(): Promise<void> {
    this.isOver = true;
    await Promise.all(this.callers);
  }

  private async run(token: string, isStream: boolean): Promise<void> {
    while (!this.isOver) {
      const id = randomUUID();
      this.outcomes.push({ id, token, ...(await askChat(this.address, token, id, isStream)) });
      await sleep(this.pauseMilliseconds);
    }
  }
}

/** One chat request under an id of the caller's making. */
export async function askChat(
  address: string,
  token: string,
  id: string,
  isStream: boolean,
  content = 'hello',
): Promise<Pick<CallOutcome, 'status' | 'isWhole'>> {
  let status = 0;
  try {
    const response = await fetch(`${address}/v1/chat/completions`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json', 'x-request-id': id },
      body: JSON.stringify({ model: 'chat', stream: isStream, messages: [{ role: 'user', content }] }),
    });
    status = response.status;
    const text = await response.text();
    return { status, isWhole: status === 200 && (!isStream || text.includes('data: [DONE]')) };
  } catch {
    return { status, isWhole: false };
  }
}
