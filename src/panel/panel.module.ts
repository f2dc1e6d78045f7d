import type { IncomingMessage, ServerResponse } from 'node:http';
import { type DynamicModule, Inject, Logger, Module, type OnModuleInit } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import { PANEL_DIRECTORY, readPanelFiles } from './panel-files.js';
import { PanelResponder } from './panel-responder.js';

const PANEL_OPTIONS = Symbol('panel options');

export interface PanelOptions {
  /** Stands before the panel, as before every other route. @default none */
  readonly prefix?: string;
  /** Folder of the built panel. @default the one that comes with the package */
  readonly directory?: string;
}

interface FastifyLike {
  get(path: string, handler: (request: { raw: IncomingMessage }, reply: FastifyReplyLike) => Promise<void>): void;
}

interface FastifyReplyLike {
  readonly raw: ServerResponse;
  hijack(): void;
  callNotFound(): void;
}

interface ExpressLike {
  use(handler: (request: IncomingMessage, response: ServerResponse, next: () => void) => void): void;
}

/** The admin panel: static files beside the API, on Fastify and on Express. Nothing else changes when they are missing. */
@Module({})
export class PanelModule implements OnModuleInit {
  constructor(
    private readonly adapterHost: HttpAdapterHost,
    @Inject(PANEL_OPTIONS) private readonly options: PanelOptions,
  ) {}

  static register(options: PanelOptions = {}): DynamicModule {
    return { module: PanelModule, providers: [{ provide: PANEL_OPTIONS, useValue: options }] };
  }

  onModuleInit(): void {
    const trimmed = (this.options.prefix ?? '').replace(/^\/+|\/+$/g, '');
    const base = trimmed === '' ? '/' : `/${trimmed}/`;
    const files = readPanelFiles(this.options.directory ?? PANEL_DIRECTORY, base);
    if (files.size === 0) {
      new Logger('Switchboard').warn('The admin panel was not built (npm run build); the API serves without it.');
      return;
    }
    const responder = new PanelResponder(files, base);
    const adapter = this.adapterHost.httpAdapter;
    if (adapter.getType() === 'fastify') serveOnFastify(adapter.getInstance<FastifyLike>(), responder, base);
    else serveOnExpress(adapter.getInstance<ExpressLike>(), responder);
  }
}

function serveOnFastify(instance: FastifyLike, responder: PanelResponder, base: string): void {
  const serve = async (request: { raw: IncomingMessage }, reply: FastifyReplyLike): Promise<void> => {
    const found = responder.find(request.raw.url ?? '/', request.raw.headers.accept);
    if (found === null) {
      reply.callNotFound();
      return;
    }
    reply.hijack();
    await responder.answer(request.raw, reply.raw, found.name, found.file);
  };
  instance.get(`${base}*`, serve);
}

function serveOnExpress(instance: ExpressLike, responder: PanelResponder): void {
  instance.use((request, response, next) => {
    const isRead = request.method === 'GET' || request.method === 'HEAD';
    const found = isRead ? responder.find(request.url ?? '/', request.headers.accept) : null;
    if (found === null) next();
    else void responder.answer(request, response, found.name, found.file);
  });
}
