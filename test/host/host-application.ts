import {
  type ArgumentsHost,
  Body,
  type CallHandler,
  type CanActivate,
  Catch,
  Controller,
  type ExceptionFilter,
  type ExecutionContext,
  Get,
  HttpException,
  Injectable,
  Module,
  type NestInterceptor,
  Post,
  ValidationPipe,
  VersioningType,
  type INestApplication,
} from '@nestjs/common';
import { APP_FILTER, APP_GUARD, APP_INTERCEPTOR, APP_PIPE, NestFactory } from '@nestjs/core';
import { ExpressAdapter } from '@nestjs/platform-express';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import { IsInt, IsString } from 'class-validator';
import { map, type Observable } from 'rxjs';
import { IN_MEMORY } from '../support/memory-database.js';
import {
  type Admin,
  type AdminResolver,
  AiProvider,
  type ChatRequest,
  type ChatResult,
  Generation,
  type IdentifiableRequest,
  type ProviderCall,
  SwitchboardModule,
  type SwitchboardOptions,
  type TranscriptionRequest,
  type TranscriptionResult,
} from '../../src/index.js';

/** The host's own way to tell people apart, and its own service that it needs for that. */
@Injectable()
export class People {
  readonly known = new Map<string, Admin>([
    ['alice', { id: 'alice', role: 'superadmin', name: 'Alice' }],
    ['bob', { id: 'bob', role: 'admin', name: 'Bob' }],
  ]);
}

@Injectable()
export class HostIdentity implements AdminResolver {
  constructor(private readonly people: People) {}

  resolve(request: IdentifiableRequest): Promise<Admin | null> {
    return Promise.resolve(this.people.known.get(String(request.headers['x-user'])) ?? null);
  }
}

/** A strategy of the host's: declared, nothing else. */
@AiProvider({ slug: 'parrot', displayName: 'Parrot', apiBaseUrl: 'https://parrot.example.com/v1' })
export class ParrotProvider {
  chat(_call: ProviderCall, request: ChatRequest): Promise<ChatResult> {
    const last = request.messages.at(-1)?.content;
    return Promise.resolve({
      text: `Parrot: ${typeof last === 'string' ? last : ''}`,
      reasoning: null,
      toolCalls: [],
      finishReason: { unified: 'stop', raw: 'stop' },
      usage: null,
    });
  }

  transcribe(_call: ProviderCall, { audio, fileName }: TranscriptionRequest): Promise<TranscriptionResult> {
    return Promise.resolve({ text: `${audio.length} bytes of ${fileName}`, usage: null });
  }
}

class CountBody {
  @IsInt() count!: number;
  @IsString() label!: string;
}

/** Routes of the host, which must stay as they are. */
@Controller('host')
export class HostController {
  constructor(private readonly generation: Generation) {}

  @Get('plain')
  plain(): { plain: true } {
    return { plain: true };
  }

  @Post('count')
  count(@Body() body: CountBody): CountBody {
    return body;
  }

  @Get('fails')
  fails(): never {
    throw new Error('of the host');
  }

  @Get('ask')
  async ask(): Promise<{ reply: string }> {
    const { text } = await this.generation.chat({ messages: [{ role: 'user', content: 'Hello from the host' }] });
    return { reply: text };
  }
}

/** Lets nobody in without `x-host`, wherever it runs. */
@Injectable()
class HostGuard implements CanActivate {
  canActivate(context: ExecutionContext): boolean {
    return context.switchToHttp().getRequest<{ headers: Record<string, unknown> }>().headers['x-host'] === 'yes';
  }
}

/** Wraps every answer that passes it. */
@Injectable()
class Wrapping implements NestInterceptor {
  intercept(_context: ExecutionContext, next: CallHandler): Observable<unknown> {
    return next.handle().pipe(map((wrapped: unknown) => ({ wrapped })));
  }
}

/** Answers every error that reaches it as an error of the host's. */
@Catch()
class HostFilter implements ExceptionFilter {
  catch(thrown: unknown, host: ArgumentsHost): void {
    const status = thrown instanceof HttpException ? thrown.getStatus() : 500;
    const of = thrown instanceof HttpException ? thrown.getResponse() : 'of the host';
    const reply: { status(status: number): typeof reply; send(body: object): void } = host.switchToHttp().getResponse();
    reply.status(status).send({ host: of });
  }
}

/** Strips what it does not know, where ours refuse it. */
const hostPipe = new ValidationPipe({ whitelist: true, transform: true });

@Module({ providers: [People, HostIdentity], exports: [People, HostIdentity] })
export class PeopleModule {}

/** Makes the options where the host keeps its settings. */
@Injectable()
export class SwitchboardSettingsOfHost {
  create(): SwitchboardOptions {
    return { database: IN_MEMORY };
  }
}

@Module({ providers: [SwitchboardSettingsOfHost], exports: [SwitchboardSettingsOfHost] })
class SettingsModule {}

const WAYS = {
  useFactory: () => ({ useFactory: (): SwitchboardOptions => ({ database: IN_MEMORY }) }),
  useClass: () => ({ useClass: SwitchboardSettingsOfHost }),
  useExisting: () => ({ imports: [SettingsModule], useExisting: SwitchboardSettingsOfHost }),
} as const;

export interface HostOptions {
  readonly express?: boolean;
  readonly way?: keyof typeof WAYS;
  readonly http?: { admin?: boolean; openai?: boolean; panel?: boolean; prefix?: string };
  /** How the host says that its enhancers are global: as providers, or on the application. @default 'providers' */
  readonly global?: 'providers' | 'application';
  /** `setGlobalPrefix` and versions in the path, for all of the host's own routes. */
  readonly globalPrefix?: string;
}

/** A host application with global enhancers of its own, listening on a free loopback port. */
export async function startHost({
  express = false,
  way = 'useFactory',
  http = {},
  global = 'providers',
  globalPrefix,
}: HostOptions = {}): Promise<{
  app: INestApplication;
  url: string;
}> {
  @Module({
    imports: [
      PeopleModule,
      SwitchboardModule.forRootAsync({ ...WAYS[way](), identity: HostIdentity, http, cron: false }),
    ],
    controllers: [HostController],
    providers: [
      ParrotProvider,
      ...(global === 'application'
        ? []
        : [
            { provide: APP_GUARD, useClass: HostGuard },
            { provide: APP_INTERCEPTOR, useClass: Wrapping },
            { provide: APP_PIPE, useValue: hostPipe },
            { provide: APP_FILTER, useClass: HostFilter },
          ]),
    ],
  })
  class HostModule {}

  const adapter = express ? new ExpressAdapter() : new FastifyAdapter();
  // Fastify refuses what it has no parser for; see docs/module.md.
  if (adapter instanceof FastifyAdapter)
    adapter
      .getInstance()
      .addContentTypeParser('multipart/form-data', { parseAs: 'buffer' }, (_request, body, done) => done(null, body));
  const app = await NestFactory.create(HostModule, adapter as FastifyAdapter, { logger: false, abortOnError: false });
  if (global === 'application') {
    app.useGlobalGuards(new HostGuard());
    app.useGlobalInterceptors(new Wrapping());
    app.useGlobalPipes(hostPipe);
    app.useGlobalFilters(new HostFilter());
  }
  if (globalPrefix !== undefined)
    app.setGlobalPrefix(globalPrefix).enableVersioning({ type: VersioningType.URI, defaultVersion: '7' });
  await app.listen(0, '127.0.0.1');
  return { app, url: (await app.getUrl()).replace('[::1]', '127.0.0.1') };
}
