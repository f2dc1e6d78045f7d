import { Injectable } from '@nestjs/common';
import { SwitchboardError } from '../../core/errors/index.js';
import type { ChatEvent, ChatMessage, ChatResult, StructuredMeans, TokenUsage } from '../../providers/index.js';
import { Attempts, type AttemptOptions } from '../attempts.js';
import { type CallSignal, openCallSignal } from '../call-signal.js';
import { expectedOf } from '../chat/chat-measure.js';
import { ChatStreamCollector } from '../chat/chat-stream-collector.js';
import type { GenerationContext } from '../generation-context.js';
import { type GenerationTarget, TargetResolver } from '../generation-target.js';
import { Meter } from '../meter.js';
import { ArticleText } from './article-text.js';
import { ContentCaller } from './content-caller.js';
import { parseContent } from './content-parser.js';
import { type ContentBrief, contentMessages, repairMessages } from './content-prompt.js';
import type { ContentDraft } from './content-schema.js';
import { ContentUsage } from './content-usage.js';
import { contentWarnings, type ContentWarning } from './content-warnings.js';
import { finishContent, type FinishedContent } from './finish-content.js';
import { structuredRequest, writtenIn } from './structured-request.js';

/** A finished article with who wrote it and what it cost, the repair included. */
export interface ContentAnswer {
  readonly article: FinishedContent;
  readonly warnings: readonly ContentWarning[];
  readonly usage: TokenUsage;
  readonly target: GenerationTarget;
  readonly servedByFallback: boolean;
  /** Decimal string in USD; null when unknown. */
  readonly costUsd: string | null;
}

/** The article's Markdown as it grows: a preview, which a repair may replace. And what the model thought. */
export type ContentEvent = Extract<ChatEvent, { type: 'text' | 'reasoning' }>;

/** What the calls for one article share. */
interface Work {
  readonly options: AttemptOptions;
  readonly signal: CallSignal;
  readonly usage: ContentUsage;
  readonly isStream: boolean;
  readonly onFirst: () => void;
}

/** Articles for web pages through whatever model serves them. */
@Injectable()
export class ContentService {
  constructor(
    private readonly targets: TargetResolver,
    private readonly attempts: Attempts,
    private readonly meter: Meter,
    private readonly caller: ContentCaller,
  ) {}

  /** @throws SwitchboardError; `upstream_bad_response` when even the repaired answer is no article */
  async generate(brief: ContentBrief, context: GenerationContext): Promise<ContentAnswer> {
    const writing = this.write(brief, context, false);
    for (;;) {
      const next = await writing.next();
      if (next.done) return next.value;
    }
  }

  /**
   * The article while it is written; returns the finished one. Read it to its end: that settles what it cost.
   * @param onServed told, before the first event, which model writes
   */
  stream(
    brief: ContentBrief,
    context: GenerationContext,
    onServed: (target: GenerationTarget) => void = () => undefined,
  ): AsyncGenerator<ContentEvent, ContentAnswer> {
    return this.write(brief, context, true, onServed);
  }

  private async *write(
    brief: ContentBrief,
    context: GenerationContext,
    isStream: boolean,
    onServed?: (target: GenerationTarget) => void,
  ): AsyncGenerator<ContentEvent, ContentAnswer> {
    const tally = this.meter.open('content', context, isStream);
    const signal = openCallSignal(context.signal);
    const usage = new ContentUsage();
    const messages = contentMessages(brief);
    const expected = expectedOf({ messages });
    const work: Work = {
      options: { signal: signal.signal, isRepeatable: true, admit: (wanted) => tally.reserve(wanted, expected) },
      signal,
      usage,
      isStream,
      onFirst: () => tally.firstToken(),
    };
    let target: GenerationTarget | null = null;
    try {
      target = await this.targets.resolve('content', context.target, context.admin);
      const opened = await this.attempts.run(
        target,
        this.targets.standIns(target, context),
        work.options,
        (call, wanted) => this.caller.open(call, wanted, messages, isStream),
      );
      target = opened.target;
      onServed?.(target);
      if (isStream) signal.expectProgress(target.provider.profile.config.timeout);
      const { means, events } = opened.result;
      const reply = yield* this.read(events, structuredRequest(means, messages), work);
      const draft = parseContent(writtenIn(reply)).draft ?? (await this.repaired(reply, means, messages, target, work));
      const article = finishContent(draft, brief.keywords);
      return {
        article,
        warnings: contentWarnings(brief, article),
        usage: usage.total(),
        target,
        servedByFallback: opened.isFallback,
        costUsd: await tally.settle(target, usage.final()),
      };
    } catch (thrown) {
      const error = signal.explain(thrown);
      await tally.fail(target, error, usage.partial());
      throw error;
    } finally {
      // A consumer that stopped reading left without an error.
      if (!context.signal.aborted) signal.abort();
      await tally.fail(target, undefined, usage.partial());
      signal.close();
    }
  }

  /** The one second chance. Its pieces are not shown: they would run into those of the first. */
  private async repaired(
    reply: ChatResult,
    means: StructuredMeans,
    messages: readonly ChatMessage[],
    target: GenerationTarget,
    work: Work,
  ): Promise<ContentDraft> {
    if (reply.finishReason.unified === 'content_filter')
      throw new SwitchboardError('upstream_rejected', 'The provider’s filter withheld the article. Change the topic.');
    const { problems } = parseContent(writtenIn(reply));
    const mending = repairMessages(messages, writtenIn(reply), problems);
    // Room was taken with the first call.
    const { signal, isRepeatable } = work.options;
    const opened = await this.attempts.run(
      target,
      () => Promise.resolve([]),
      { signal, isRepeatable },
      (call, wanted) => this.caller.open(call, wanted, mending, work.isStream, means),
    );
    const reading = this.read(opened.result.events, structuredRequest(opened.result.means, mending), work);
    let next = await reading.next();
    while (!next.done) next = await reading.next();
    const again = parseContent(writtenIn(next.value));
    if (again.draft !== null) return again.draft;
    throw new SwitchboardError(
      'upstream_bad_response',
      `${target.modelName} did not write a usable article, even when asked to correct it: ${again.problems.join(' ')} Try again, or select another model for content.`,
    );
  }

  private async *read(
    events: AsyncIterable<ChatEvent>,
    input: ReturnType<typeof structuredRequest>,
    { usage, signal, isStream, onFirst }: Work,
  ): AsyncGenerator<ContentEvent, ChatResult> {
    const collector = new ChatStreamCollector();
    const article = new ArticleText();
    usage.begin(input);
    for await (const event of events) {
      signal.progress();
      usage.event(event);
      collector.add(event.type === 'finish' ? { ...event, usage: usage.ofCall() } : event);
      if (event.type === 'finish') break;
      if (isStream) onFirst();
      if (event.type === 'reasoning') yield event;
      else {
        const text = article.push(event.type === 'text' ? event.text : event.arguments);
        if (text !== '') yield { type: 'text', text };
      }
    }
    return collector.result();
  }
}
