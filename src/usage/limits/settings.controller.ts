import { Body, Get, HttpCode, Inject, Param, Patch, Query } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiOkResponse, ApiOperation } from '@nestjs/swagger';
import { SwitchboardError } from '../../core/errors/index.js';
import {
  AdminController,
  ApiList,
  ApiProblems,
  BooleanField,
  ChoiceField,
  type List,
  MoneyField,
  NumberField,
  TextField,
  wholeList,
} from '../../core/http/index.js';
import { type Admin, CurrentAdmin } from '../../core/identity/index.js';
import { Clock } from '../../core/time/index.js';
import { AccessPolicy, ProviderSettings, type UnknownPricePolicy, UpdateProviderSetting } from '../../keys/index.js';
import { ProviderDirectory, type ProviderRecord } from '../../providers/index.js';
import { Counters, type CounterState } from './counters.js';
import { SettingView, toSettingView, UNKNOWN_PRICE_POLICIES } from './setting.view.js';

class SettingsQuery {
  @TextField({ max: 200, optional: true, description: 'Superadmins: the settings of this admin.' }) admin_id?: string;
}

class UpdateSettingBody {
  @BooleanField({ optional: true, description: 'Use the shared key where there is no own one.' })
  use_shared_api?: boolean;
  @BooleanField({ optional: true }) is_active?: boolean;
  @NumberField({
    min: 0,
    max: 1_000_000_000,
    optional: true,
    nullable: true,
    description: 'Superadmins: requests per calendar month (UTC); null: no limit.',
  })
  monthly_limit?: number | null;
  @MoneyField({ nullable: true, description: 'Superadmins: USD per calendar month (UTC); null: no budget.' })
  monthly_budget_usd?: string | null;
  @ChoiceField(UNKNOWN_PRICE_POLICIES, {
    optional: true,
    description: 'Superadmins: what becomes of calls of unknown price where a budget applies.',
  })
  unknown_price?: UnknownPricePolicy;
  @MoneyField({ nullable: true, description: 'Superadmins: what such a call counts as under "ceiling".' })
  unknown_price_ceiling_usd?: string | null;
}

/** How admins use providers, and the limits they have there. */
@AdminController('ai-settings', 'Settings')
export class SettingsController {
  constructor(
    @Inject(CommandBus) private readonly commands: CommandBus,
    private readonly providers: ProviderDirectory,
    private readonly settings: ProviderSettings,
    private readonly access: AccessPolicy,
    private readonly counters: Counters,
    private readonly clock: Clock,
  ) {}

  @Get()
  @ApiOperation({ summary: 'Your settings and limits at every provider' })
  @ApiList(SettingView)
  @ApiProblems('validation_failed', 'forbidden')
  async list(@Query() query: SettingsQuery, @CurrentAdmin() admin: Admin): Promise<List<SettingView>> {
    const adminId = requireVisible(admin, query.admin_id);
    const used = await this.counters.ofAdmin(adminId);
    return wholeList(this.providers.all().map((provider) => this.view(provider, adminId, admin, used)));
  }

  @Patch(':slug')
  @HttpCode(200)
  @ApiOperation({
    summary: 'Change your settings at a provider',
    description: 'Superadmins may change those of any admin (`?admin_id=`), limits and budgets included.',
  })
  @ApiOkResponse({ type: SettingView })
  @ApiProblems('validation_failed', 'forbidden', 'provider_not_registered')
  async update(
    @Param('slug') slug: string,
    @Query() query: SettingsQuery,
    @Body() body: UpdateSettingBody,
    @CurrentAdmin() admin: Admin,
  ): Promise<SettingView> {
    const adminId = requireVisible(admin, query.admin_id);
    const changes = {
      useSharedApi: body.use_shared_api,
      isActive: body.is_active,
      monthlyLimit: body.monthly_limit,
      monthlyBudgetUsd: body.monthly_budget_usd,
      unknownPrice: body.unknown_price,
      unknownPriceCeilingUsd: body.unknown_price_ceiling_usd,
    };
    await this.commands.execute(new UpdateProviderSetting(slug, adminId, changes, admin));
    const used = await this.counters.ofAdmin(adminId);
    return this.view(this.providers.require(slug), adminId, admin, used);
  }

  private view(
    provider: ProviderRecord,
    adminId: string,
    admin: Admin,
    used: ReadonlyMap<string, CounterState>,
  ): SettingView {
    const access = adminId === admin.id ? this.access.accessOf(provider, admin) : null;
    const setting = this.settings.of(adminId, provider.id);
    return toSettingView(provider, adminId, setting, access, used.get(provider.slug), this.clock.now());
  }
}

/** @throws SwitchboardError `forbidden` for the settings of others, unless for a superadmin */
function requireVisible(admin: Admin, wanted: string | undefined): string {
  if (wanted === undefined || wanted === admin.id) return admin.id;
  if (admin.role === 'superadmin') return wanted;
  throw new SwitchboardError('forbidden', 'Only a superadmin may see or change settings of others.');
}
