import type { SwitchboardError } from '../../core/errors/index.js';
import type { ChatEvent, FinishReason, TokenUsage } from '../../providers/index.js';
import type { JsonObject } from '../gateway/request-body.js';
import type { ChatFormat, CountedChat, StreamFormat } from '../gateway/stream-format.js';
import { toOpenAiError } from './openai-error.js';
import {
  callItem,
  ended,
  idOf,
  messageItem,
  type OutputItem,
  reasoningItem,
  responseOf,
  textPart,
} from './response-view.js';

/** Answers of the Responses API. */
export class ResponsesFormat implements ChatFormat {
  constructor(private readonly request: JsonObject) {}

  plain({ text, reasoning, toolCalls, finishReason, usage }: CountedChat, modelId: string): object {
    const output = [
      ...(reasoning === null ? [] : [reasoningItem(idOf('rs'), reasoning)]),
      ...(text === '' ? [] : [messageItem(idOf('msg'), text, 'completed')]),
      ...toolCalls.map(({ id, function: called }) => callItem(idOf('fc'), { callId: id, ...called }, true)),
    ];
    return ended(responseOf(idOf('resp'), this.request, modelId), output, finishReason, usage);
  }

  stream(modelId: string): StreamFormat {
    return new ResponseEvents(responseOf(idOf('resp'), this.request, modelId));
  }
}

interface OpenItem {
  readonly what: string;
  readonly id: string;
  readonly callId: string;
  readonly name: string;
  text: string;
}

/** The events of one response: items one after another. Its closing event repeats everything, so that it is kept. */
class ResponseEvents implements StreamFormat {
  private readonly output: OutputItem[] = [];
  private open: OpenItem | undefined;
  private count = 0;

  constructor(private readonly response: JsonObject) {}

  begin(): string {
    return (
      this.tell('response.created', { response: this.response }) +
      this.tell('response.in_progress', { response: this.response })
    );
  }

  event(event: Exclude<ChatEvent, { type: 'finish' }>): string {
    switch (event.type) {
      case 'text':
        return this.add('message', event.text, 'response.output_text.delta', { content_index: 0, logprobs: [] });
      case 'reasoning':
        return this.add('reasoning', event.text, 'response.reasoning_summary_text.delta', { summary_index: 0 });
      case 'tool_call':
        return this.add(
          `call ${event.index}`,
          event.arguments,
          'response.function_call_arguments.delta',
          {},
          { callId: event.id ?? idOf('call'), name: event.name ?? '' },
        );
    }
  }

  finish(reason: FinishReason, usage: TokenUsage): string {
    const closed = this.close();
    const response = ended(this.response, this.output, reason, usage);
    return closed + this.tell(`response.${response.status}`, { response });
  }

  error(error: SwitchboardError): string {
    const { code, message, param } = toOpenAiError(error).error;
    return this.tell('error', { code, message, param });
  }

  private add(what: string, text: string, type: string, place: object, call = { callId: '', name: '' }): string {
    const begun =
      this.open?.what === what ? '' : this.close() + this.start({ what, id: idOf(prefixOf(what)), text: '', ...call });
    const { open } = this;
    if (open === undefined || text === '') return begun;
    open.text += text;
    return begun + this.tell(type, { item_id: open.id, output_index: this.output.length, ...place, delta: text });
  }

  private start(item: OpenItem): string {
    this.open = item;
    const place = { item_id: item.id, output_index: this.output.length };
    const added = this.tell('response.output_item.added', {
      output_index: this.output.length,
      item: viewOf(item, false),
    });
    if (item.what === 'message')
      return added + this.tell('response.content_part.added', { ...place, content_index: 0, part: textPart('') });
    if (item.what !== 'reasoning') return added;
    const part = { type: 'summary_text', text: '' };
    return added + this.tell('response.reasoning_summary_part.added', { ...place, summary_index: 0, part });
  }

  private close(): string {
    const item = this.open;
    if (item === undefined) return '';
    this.open = undefined;
    const place = { item_id: item.id, output_index: this.output.length };
    const view = viewOf(item, true);
    this.output.push(view);
    return (
      this.endOfText(item, place) +
      this.tell('response.output_item.done', { output_index: place.output_index, item: view })
    );
  }

  private endOfText(item: OpenItem, place: object): string {
    const { text } = item;
    switch (item.what) {
      case 'message': {
        const at = { ...place, content_index: 0 };
        return (
          this.tell('response.output_text.done', { ...at, text, logprobs: [] }) +
          this.tell('response.content_part.done', { ...at, part: textPart(text) })
        );
      }
      case 'reasoning': {
        const at = { ...place, summary_index: 0 };
        return (
          this.tell('response.reasoning_summary_text.done', { ...at, text }) +
          this.tell('response.reasoning_summary_part.done', { ...at, part: { type: 'summary_text', text } })
        );
      }
      default:
        return this.tell('response.function_call_arguments.done', { ...place, name: item.name, arguments: text });
    }
  }

  private tell(type: string, fields: object): string {
    return `event: ${type}\ndata: ${JSON.stringify({ type, sequence_number: this.count++, ...fields })}\n\n`;
  }
}

function viewOf(item: OpenItem, isDone: boolean): OutputItem {
  if (item.what === 'message') return messageItem(item.id, item.text, isDone ? 'completed' : 'in_progress');
  if (item.what === 'reasoning') return reasoningItem(item.id, isDone ? item.text : '');
  return callItem(item.id, { callId: item.callId, name: item.name, arguments: item.text }, isDone);
}

function prefixOf(what: string): string {
  return what === 'message' ? 'msg' : what === 'reasoning' ? 'rs' : 'fc';
}
