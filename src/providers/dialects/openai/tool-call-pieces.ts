import { randomUUID } from 'node:crypto';
import type { ChatEvent } from '../../contract/index.js';
import { fieldsOf } from '../../upstream/index.js';

type ToolCallEvent = Extract<ChatEvent, { type: 'tool_call' }>;

interface Slot {
  readonly upstreamIndex: unknown;
  readonly id: string;
  named: boolean;
  argued: boolean;
}

/**
 * Sorts pieces of tool calls to their calls and numbers the calls from zero. Pieces belong together by `index`; where
 * a vendor leaves it out, or gives every call the same one, the id tells them apart. A call without an id gets one.
 */
export class ToolCallPieces {
  readonly #slots: Slot[] = [];

  get count(): number {
    return this.#slots.length;
  }

  take(json: unknown): ToolCallEvent {
    const piece = fieldsOf(json);
    const { name, arguments: given } = fieldsOf(piece.function);
    const id = nonEmpty(piece.id);
    const known = this.#find(piece.index, id, nonEmpty(name));
    const slot = known ?? this.#open(piece.index, id);
    const text = typeof given === 'string' ? given : given === undefined || given === null ? '' : JSON.stringify(given);
    const firstName = slot.named ? undefined : nonEmpty(name);
    slot.named ||= firstName !== undefined;
    slot.argued ||= text !== '';
    const extra = piece.extra_content;
    return {
      type: 'tool_call',
      index: this.#slots.indexOf(slot),
      ...(known === undefined ? { id: slot.id } : {}),
      ...(firstName === undefined ? {} : { name: firstName }),
      arguments: text,
      ...(typeof extra === 'object' && extra !== null ? { extraContent: fieldsOf(extra) } : {}),
    };
  }

  /** Completes calls that came without any arguments, so that theirs are JSON too. */
  end(): ToolCallEvent[] {
    return this.#slots.flatMap((slot, index) => (slot.argued ? [] : [{ type: 'tool_call', index, arguments: '{}' }]));
  }

  #find(upstreamIndex: unknown, id: string | undefined, name: string | undefined): Slot | undefined {
    if (typeof upstreamIndex === 'number') {
      const slot = this.#slots.findLast((each) => each.upstreamIndex === upstreamIndex);
      const isAnother = id !== undefined && name !== undefined && slot !== undefined && slot.id !== id;
      return isAnother ? undefined : slot;
    }
    if (id !== undefined) return this.#slots.find((each) => each.id === id);
    return name === undefined ? this.#slots.at(-1) : undefined;
  }

  #open(upstreamIndex: unknown, id: string | undefined): Slot {
    const slot = { upstreamIndex, id: id ?? `call_${randomUUID()}`, named: false, argued: false };
    this.#slots.push(slot);
    return slot;
  }
}

function nonEmpty(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}
