import { Body, Delete, Get, Headers, HttpCode, Inject, Param, Patch, Post, Query, Res } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import {
  ApiBody,
  ApiCreatedResponse,
  ApiExtraModels,
  ApiNoContentResponse,
  ApiOkResponse,
  ApiOperation,
} from '@nestjs/swagger';
import { ConfigurationError } from '../../core/config/index.js';
import { invalidField, SwitchboardError } from '../../core/errors/index.js';
import {
  AdminController,
  ApiIfMatch,
  ApiList,
  ApiProblems,
  ChoiceField,
  type HeaderReply,
  type List,
  wholeList,
} from '../../core/http/index.js';
import { type Admin, CurrentAdmin, SuperadminOnly } from '../../core/identity/index.js';
import { SetProviderKey } from '../../keys/index.js';
import {
  CAPABILITY_NAMES,
  type Capability,
  CreateProvider,
  DeleteProvider,
  ImportProviders,
  parseProviderEntry,
  ProviderDirectory,
  providerTag,
  UpdateProvider,
} from '../../providers/index.js';
import { ImportBody, ImportReportView, toImportReportView } from './import.dto.js';
import { CreateProviderSchema, UpdateProviderSchema } from './provider.schema.js';
import { CapabilityView, ProviderView, SavedProviderView } from './provider.view.js';
import { ProviderViews } from './provider-views.js';

class ProvidersQuery {
  @ChoiceField(CAPABILITY_NAMES, { optional: true }) capability?: Capability;
}

/** Providers as administrators see and change them. */
@AdminController('ai-providers', 'Providers')
@ApiExtraModels(CapabilityView)
export class ProvidersController {
  constructor(
    @Inject(CommandBus) private readonly commands: CommandBus,
    private readonly directory: ProviderDirectory,
    private readonly views: ProviderViews,
  ) {}

  @Get()
  @ApiOperation({ summary: 'All providers' })
  @ApiList(ProviderView)
  @ApiProblems('validation_failed')
  async list(@Query() query: ProvidersQuery, @CurrentAdmin() admin: Admin): Promise<List<ProviderView>> {
    const { capability } = query;
    const providers = this.directory.all();
    const wanted = capability === undefined ? providers : providers.filter((one) => one.capabilities.has(capability));
    return wholeList(await this.views.of(wanted, admin));
  }

  @Get(':slug')
  @ApiOperation({ summary: 'One provider', description: 'Its ETag goes into the `If-Match` of a change.' })
  @ApiOkResponse({ type: ProviderView })
  @ApiProblems('provider_not_registered')
  async one(
    @Param('slug') slug: string,
    @CurrentAdmin() admin: Admin,
    @Res({ passthrough: true }) reply: HeaderReply,
  ): Promise<ProviderView> {
    return this.view(slug, admin, reply);
  }

  @Post()
  @SuperadminOnly()
  @ApiOperation({
    summary: 'Add a provider',
    description: 'An OpenAI-compatible one needs slug, name and api_base_url. `api_key` stores a shared key with it.',
  })
  @ApiBody({ type: CreateProviderSchema })
  @ApiCreatedResponse({ type: SavedProviderView })
  @ApiProblems('validation_failed', 'url_not_allowed', 'conflict', 'provider_not_registered')
  async create(@Body() body: Record<string, unknown>, @CurrentAdmin() admin: Admin): Promise<SavedProviderView> {
    const { fields, apiKey } = split(body);
    const { slug, warnings } = await this.commands.execute(new CreateProvider(parseProviderEntry(fields), admin));
    if (apiKey !== undefined) await this.commands.execute(new SetProviderKey(slug, null, apiKey, admin));
    return { ...(await this.view(slug, admin)), warnings: [...warnings] };
  }

  @Post('import')
  @SuperadminOnly()
  @HttpCode(200)
  @ApiOperation({
    summary: 'Bring provider files into the database, all or nothing',
    description: 'The bundled file, the one PROVIDERS_FILE names, and strategies that no file describes.',
  })
  @ApiOkResponse({ type: ImportReportView })
  @ApiProblems('validation_failed', 'provider_not_registered', 'url_not_allowed')
  async import(@Body() body: ImportBody, @CurrentAdmin() admin: Admin): Promise<ImportReportView> {
    const { slug, dry_run: dryRun = false, force = false } = body;
    try {
      const report = await this.commands.execute(
        new ImportProviders({ ...(slug !== undefined && { slug }), dryRun, force }, admin),
      );
      return toImportReportView(report);
    } catch (error) {
      if (error instanceof ConfigurationError)
        throw new SwitchboardError('validation_failed', error.message, {
          errors: error.problems.map((message) => ({ field: 'providers_file', message })),
        });
      throw error;
    }
  }

  @Patch(':slug')
  @SuperadminOnly()
  @ApiOperation({
    summary: 'Change a provider',
    description:
      '`config` and `capabilities` are merged, null removes a field. Moving `api_base_url` to another origin drops the stored keys, unless the same request brings `api_key`; `warnings` says so.',
  })
  @ApiBody({ type: UpdateProviderSchema })
  @ApiOkResponse({ type: SavedProviderView })
  @ApiProblems('validation_failed', 'provider_not_registered', 'url_not_allowed', 'precondition_failed')
  @ApiIfMatch('ETag of GET /api/admin/ai-providers/{slug}: 412 when somebody changed the provider since.')
  async update(
    @Param('slug') slug: string,
    @Body() body: Record<string, unknown>,
    @CurrentAdmin() admin: Admin,
    @Headers('if-match') ifMatch: string | undefined,
    @Res({ passthrough: true }) reply: HeaderReply,
  ): Promise<SavedProviderView> {
    const { fields, apiKey } = split(body);
    if ('slug' in fields && fields['slug'] !== slug)
      throw invalidField('slug', 'cannot be changed; add a new provider instead');
    const { warnings } = await this.commands.execute(new UpdateProvider(slug, fields, admin, ifMatch));
    if (apiKey !== undefined) await this.commands.execute(new SetProviderKey(slug, null, apiKey, admin));
    return { ...(await this.view(slug, admin, reply)), warnings: [...warnings] };
  }

  @Delete(':slug')
  @SuperadminOnly()
  @HttpCode(204)
  @ApiOperation({ summary: 'Remove a provider with its keys, catalog and selections; the ledger stays' })
  @ApiNoContentResponse()
  @ApiProblems('provider_not_registered')
  async remove(@Param('slug') slug: string, @CurrentAdmin() admin: Admin): Promise<void> {
    await this.commands.execute(new DeleteProvider(slug, admin));
  }

  private async view(slug: string, admin: Admin, reply?: HeaderReply): Promise<ProviderView> {
    const provider = this.directory.require(slug, 'slug');
    const [view] = await this.views.of([provider], admin);
    reply?.header('etag', providerTag(provider.entry));
    return view as ProviderView;
  }
}

/** The entry's own fields are checked by the schema of provider files; the key goes its own, write-only way. */
function split(body: unknown): { fields: Record<string, unknown>; apiKey: string | undefined } {
  if (typeof body !== 'object' || body === null || Array.isArray(body)) throw invalidField('body', 'must be an object');
  const { api_key: apiKey, ...fields } = body as Record<string, unknown>;
  if (apiKey !== undefined && typeof apiKey !== 'string') throw invalidField('api_key', 'must be a string');
  if (apiKey?.trim() === '') throw invalidField('api_key', 'must not be empty; leave it out to keep the key');
  return { fields, apiKey };
}
