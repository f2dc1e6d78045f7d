import { SwitchboardError } from '../../core/errors/index.js';
import type { ChatEvent, ChatResult, TokenUsage, ToolCall } from '../../providers/index.js';

/** Puts a stream's pieces together into the plain answer that closes it. */
export class ChatStreamCollector {
  private text = '';
  private reasoning = '';
  private readonly calls: { id: string; name: string; arguments: string; extra?: Readonly<Record<string, unknown>> }[] =
    [];
  private finish: Extract<ChatEvent, { type: 'finish' }> | undefined;

  add(event: ChatEvent): void {
    switch (event.type) {
      case 'text':
        this.text += event.text;
        return;
      case 'reasoning':
        this.reasoning += event.text;
        return;
      case 'tool_call': {
        const call = (this.calls[event.index] ??= { id: '', name: '', arguments: '' });
        if (event.id) call.id = event.id;
        if (event.name) call.name = event.name;
        if (event.extraContent) call.extra = event.extraContent;
        call.arguments += event.arguments;
        return;
      }
      case 'finish':
        this.finish = event;
    }
  }

  /** @throws SwitchboardError `upstream_bad_response` before the stream finished */
  result(): ChatResult & { usage: TokenUsage } {
    if (!this.finish?.usage)
      throw new SwitchboardError('upstream_bad_response', 'The stream ended before the answer did.');
    return {
      text: this.text,
      reasoning: this.reasoning === '' ? null : this.reasoning,
      toolCalls: this.calls.filter(Boolean).map((call): ToolCall => ({
        id: call.id,
        type: 'function',
        function: { name: call.name, arguments: call.arguments },
        ...(call.extra === undefined ? {} : { extra_content: call.extra }),
      })),
      finishReason: this.finish.finishReason,
      usage: this.finish.usage,
    };
  }
}
