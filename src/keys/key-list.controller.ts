import { Body, Delete, Get, HttpCode, Inject, Param, Post } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiCreatedResponse, ApiNoContentResponse, ApiOperation } from '@nestjs/swagger';
import {
  AdminController,
  ApiList,
  ApiProblems,
  type List,
  NumberField,
  TextField,
  wholeList,
} from '../core/http/index.js';
import { type Admin, CurrentAdmin, SuperadminOnly } from '../core/identity/index.js';
import { ProviderDirectory } from '../providers/index.js';
import { AddProviderKey, RemoveProviderKey } from './commands/provider-key.commands.js';
import { KeySummaries } from './key-summaries.js';
import { ListedKeyView } from './provider-key.view.js';

class AddKeyBody {
  @TextField({ max: 4000, description: 'The credential as the provider shows it. Write-only.', example: 'sk-…' })
  api_key!: string;
  @TextField({
    max: 60,
    pattern: /^[A-Za-z0-9][A-Za-z0-9 ._-]*$/,
    patternMessage: 'must begin with a letter or digit and hold letters, digits, spaces, ., _ or - only',
    example: 'second account',
  })
  label!: string;
  @NumberField({ min: 1, max: 100, optional: true, default: 1 }) weight?: number;
}

/** Several shared keys of one provider: they share its calls, and carry on for one another. */
@AdminController('ai-providers', 'Providers')
export class SharedKeyListController {
  constructor(
    @Inject(CommandBus) private readonly commands: CommandBus,
    private readonly providers: ProviderDirectory,
    private readonly summaries: KeySummaries,
  ) {}

  @Get(':slug/keys')
  @SuperadminOnly()
  @ApiOperation({ summary: 'The shared keys, without their secrets' })
  @ApiList(ListedKeyView)
  @ApiProblems('provider_not_registered')
  async list(@Param('slug') slug: string): Promise<List<ListedKeyView>> {
    return wholeList(await this.summaries.list(this.providers.require(slug), null));
  }

  @Post(':slug/keys')
  @SuperadminOnly()
  @ApiOperation({ summary: 'Add a shared key beside the others' })
  @ApiCreatedResponse({ type: ListedKeyView })
  @ApiProblems('validation_failed', 'provider_not_registered', 'conflict')
  add(@Param('slug') slug: string, @Body() body: AddKeyBody, @CurrentAdmin() admin: Admin): Promise<ListedKeyView> {
    const { api_key: apiKey, label, weight = 1 } = body;
    return this.commands.execute(new AddProviderKey(slug, null, { apiKey, label, weight }, admin));
  }

  @Delete(':slug/keys/:id')
  @SuperadminOnly()
  @HttpCode(204)
  @ApiOperation({ summary: 'Remove a shared key' })
  @ApiNoContentResponse()
  @ApiProblems('provider_not_registered', 'not_found')
  async remove(@Param('slug') slug: string, @Param('id') id: string, @CurrentAdmin() admin: Admin): Promise<void> {
    await this.commands.execute(new RemoveProviderKey(slug, null, admin, id));
  }
}

/** An admin's own keys of one provider. */
@AdminController('ai-settings', 'Settings')
export class PersonalKeyListController {
  constructor(
    @Inject(CommandBus) private readonly commands: CommandBus,
    private readonly providers: ProviderDirectory,
    private readonly summaries: KeySummaries,
  ) {}

  @Get(':slug/keys')
  @ApiOperation({ summary: 'Your own keys, without their secrets' })
  @ApiList(ListedKeyView)
  @ApiProblems('provider_not_registered')
  async list(@Param('slug') slug: string, @CurrentAdmin() admin: Admin): Promise<List<ListedKeyView>> {
    return wholeList(await this.summaries.list(this.providers.require(slug), admin.id));
  }

  @Post(':slug/keys')
  @ApiOperation({ summary: 'Add a key of your own beside the others' })
  @ApiCreatedResponse({ type: ListedKeyView })
  @ApiProblems('validation_failed', 'provider_not_registered', 'conflict', 'forbidden')
  add(@Param('slug') slug: string, @Body() body: AddKeyBody, @CurrentAdmin() admin: Admin): Promise<ListedKeyView> {
    const { api_key: apiKey, label, weight = 1 } = body;
    return this.commands.execute(new AddProviderKey(slug, admin.id, { apiKey, label, weight }, admin));
  }

  @Delete(':slug/keys/:id')
  @HttpCode(204)
  @ApiOperation({ summary: 'Remove a key of your own' })
  @ApiNoContentResponse()
  @ApiProblems('provider_not_registered', 'not_found')
  async remove(@Param('slug') slug: string, @Param('id') id: string, @CurrentAdmin() admin: Admin): Promise<void> {
    await this.commands.execute(new RemoveProviderKey(slug, admin.id, admin, id));
  }
}
