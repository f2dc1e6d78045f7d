import { Injectable } from '@nestjs/common';
import { newId } from '../core/database/index.js';
import type { Admin } from '../core/identity/index.js';
import { RunningCalls } from '../core/shutdown/index.js';
import { traceParentOf } from '../core/telemetry/index.js';
import type { ChatEvent } from '../providers/index.js';
import { APPLICATION } from './application.js';
import { AudioService, type SpeechAnswer, type SpeechInput } from './audio/audio.service.js';
import type { ChatInput } from './chat/chat-input.js';
import { type ChatAnswer, ChatService, type ChatStream } from './chat/chat.service.js';
import type { ContentBrief } from './content/content-prompt.js';
import { type ContentAnswer, type ContentEvent, ContentService } from './content/content.service.js';
import type { GenerationContext } from './generation-context.js';
import { type ImageAnswer, type ImageInput, ImageService } from './image/image.service.js';

/** For whom, with what and until when a generation runs. Everything has a default. */
export interface GenerationOptions {
  /**
   * The person it is made for: her selections, keys and limits apply.
   * @default the application itself: shared selections and shared keys, no limits
   */
  readonly admin?: Admin;
  /** Slug of the provider to use. @default the active selection of the capability */
  readonly provider?: string;
  /** Model of that provider. @default the provider's selection */
  readonly modelId?: string;
  /** Ends the generation when it fires. */
  readonly signal?: AbortSignal;
  /** Names it in the ledger and the log; unique. @default a new one */
  readonly requestId?: string;
}

/**
 * Calls to models for code in the same process: no HTTP, no identity, the same way otherwise. What serves a capability
 * is the administrators' choice; every call is in the ledger. A shutdown waits for calls that run, and in the end makes
 * them throw `service_unavailable`.
 */
@Injectable()
export class Generation {
  constructor(
    private readonly chats: ChatService,
    private readonly contents: ContentService,
    private readonly images: ImageService,
    private readonly sounds: AudioService,
    private readonly running: RunningCalls,
  ) {}

  /** One chat completion. @throws SwitchboardError */
  chat(input: ChatInput, options: GenerationOptions = {}): Promise<ChatAnswer> {
    return this.run(options, (context) => this.chats.chat(input, context));
  }

  /**
   * A chat completion as it is written. Resolves with the first piece; read `events` to their end, or return them: that
   * settles what it cost.
   * @throws SwitchboardError
   */
  async streamChat(input: ChatInput, options: GenerationOptions = {}): Promise<ChatStream> {
    const call = this.open(options);
    const stream = await call.orLeave(this.chats.stream(input, call.context));
    const events: AsyncIterable<ChatEvent> = call.untilRead(stream.events);
    return { ...stream, events };
  }

  /** An article for a web page, with title, description and slug. @throws SwitchboardError */
  content(brief: ContentBrief, options: GenerationOptions = {}): Promise<ContentAnswer> {
    return this.run(options, (context) => this.contents.generate(brief, context));
  }

  /** The same while it is written; returns the finished article. Read it to its end. */
  async *streamContent(
    brief: ContentBrief,
    options: GenerationOptions = {},
  ): AsyncGenerator<ContentEvent, ContentAnswer> {
    const call = this.open(options);
    try {
      return yield* this.contents.stream(brief, call.context);
    } finally {
      call.leave();
    }
  }

  /** Pictures. Never asked for twice. @throws SwitchboardError */
  image(input: ImageInput, options: GenerationOptions = {}): Promise<ImageAnswer> {
    return this.run(options, (context) => this.images.generate(input, context));
  }

  /** Speech whose first bytes are here; read `audio` to its end, or return it. @throws SwitchboardError */
  async speech(input: SpeechInput, options: GenerationOptions = {}): Promise<SpeechAnswer> {
    const call = this.open(options);
    const answer = await call.orLeave(this.sounds.speak(input, call.context));
    const audio: AsyncIterable<Uint8Array> = call.untilRead(answer.audio);
    return { ...answer, audio };
  }

  private async run<T>(options: GenerationOptions, work: (context: GenerationContext) => Promise<T>): Promise<T> {
    const call = this.open(options);
    try {
      return await work(call.context);
    } finally {
      call.leave();
    }
  }

  private open({ admin, provider, modelId, signal, requestId }: GenerationOptions): OpenCall {
    this.running.admit();
    const controller = new AbortController();
    const leave = this.running.enter((reason) => controller.abort(reason));
    return new OpenCall(
      {
        admin: admin ?? APPLICATION,
        requestId: requestId ?? newId(),
        signal: signal === undefined ? controller.signal : AbortSignal.any([signal, controller.signal]),
        target: { provider, modelId },
        trace: traceParentOf(),
      },
      leave,
    );
  }
}

/** A call that a shutdown knows of until it is left. */
class OpenCall {
  constructor(
    readonly context: GenerationContext,
    readonly leave: () => void,
  ) {}

  async orLeave<T>(begun: Promise<T>): Promise<T> {
    try {
      return await begun;
    } catch (error) {
      this.leave();
      throw error;
    }
  }

  async *untilRead<T>(pieces: AsyncIterable<T>): AsyncGenerator<T> {
    try {
      yield* pieces;
    } finally {
      this.leave();
    }
  }
}
