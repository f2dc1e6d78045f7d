import { Body, Delete, HttpCode, Inject, Param, Post, Put } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiNoContentResponse, ApiOkResponse, ApiOperation, ApiProperty } from '@nestjs/swagger';
import { type Admin, CurrentAdmin, SuperadminOnly, SuperadminUnlessPersonal } from '../core/identity/index.js';
import { AdminController, ApiProblems, ChoiceField, TextField } from '../core/http/index.js';
import {
  type KeyValidation,
  RemoveProviderKey,
  SetProviderKey,
  ValidateProviderKey,
} from './commands/provider-key.commands.js';
import { ProviderKeyView } from './provider-key.view.js';

class SetKeyBody {
  @TextField({
    min: 0,
    max: 4000,
    description: 'The credential as the provider shows it. Write-only.',
    example: 'sk-…',
  })
  api_key!: string;
}

class ValidateKeyBody {
  @ChoiceField(['shared', 'personal'], { optional: true, default: 'shared' })
  scope?: 'shared' | 'personal';
}

class KeyValidationView implements KeyValidation {
  @ApiProperty() valid!: boolean;
  @ApiProperty({ format: 'date-time' }) checked_at!: string;
  @ApiProperty({ type: String, nullable: true }) reason!: string | null;
}

/** Shared keys: set, remove, try. Never read. */
@AdminController('ai-providers', 'Providers')
export class SharedKeysController {
  constructor(@Inject(CommandBus) private readonly commands: CommandBus) {}

  @Put(':slug/shared-key')
  @SuperadminOnly()
  @ApiOperation({ summary: 'Set the shared key' })
  @ApiOkResponse({ type: ProviderKeyView })
  @ApiProblems('validation_failed', 'provider_not_registered')
  set(@Param('slug') slug: string, @Body() body: SetKeyBody, @CurrentAdmin() admin: Admin): Promise<ProviderKeyView> {
    return this.commands.execute(new SetProviderKey(slug, null, body.api_key, admin));
  }

  @Delete(':slug/shared-key')
  @SuperadminOnly()
  @HttpCode(204)
  @ApiOperation({ summary: 'Remove the shared key' })
  @ApiNoContentResponse()
  @ApiProblems('provider_not_registered')
  async remove(@Param('slug') slug: string, @CurrentAdmin() admin: Admin): Promise<void> {
    await this.commands.execute(new RemoveProviderKey(slug, null, admin));
  }

  @Post(':slug/validate-key')
  @SuperadminUnlessPersonal()
  @HttpCode(200)
  @ApiOperation({ summary: 'Try a stored key with the cheapest authenticated call' })
  @ApiOkResponse({ type: KeyValidationView })
  @ApiProblems('provider_not_registered', 'no_api_key_available', 'upstream_unavailable', 'upstream_timeout')
  validate(
    @Param('slug') slug: string,
    @Body() body: ValidateKeyBody,
    @CurrentAdmin() admin: Admin,
  ): Promise<KeyValidation> {
    const scope = body.scope ?? 'shared';
    return this.commands.execute(new ValidateProviderKey(slug, scope === 'shared' ? null : admin.id, admin));
  }
}

/** An admin's own keys. */
@AdminController('ai-settings', 'Settings')
export class PersonalKeysController {
  constructor(@Inject(CommandBus) private readonly commands: CommandBus) {}

  @Put(':slug/personal-key')
  @ApiOperation({ summary: 'Set your own key for a provider' })
  @ApiOkResponse({ type: ProviderKeyView })
  @ApiProblems('validation_failed', 'provider_not_registered', 'forbidden')
  set(@Param('slug') slug: string, @Body() body: SetKeyBody, @CurrentAdmin() admin: Admin): Promise<ProviderKeyView> {
    return this.commands.execute(new SetProviderKey(slug, admin.id, body.api_key, admin));
  }

  @Delete(':slug/personal-key')
  @HttpCode(204)
  @ApiOperation({ summary: 'Remove your own key for a provider' })
  @ApiNoContentResponse()
  @ApiProblems('provider_not_registered')
  async remove(@Param('slug') slug: string, @CurrentAdmin() admin: Admin): Promise<void> {
    await this.commands.execute(new RemoveProviderKey(slug, admin.id, admin));
  }
}
