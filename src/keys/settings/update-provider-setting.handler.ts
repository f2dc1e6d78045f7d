import { Inject } from '@nestjs/common';
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { Audit } from '../../core/audit/index.js';
import { ChangeFeed, Database, newId } from '../../core/database/index.js';
import { invalidField, SwitchboardError } from '../../core/errors/index.js';
import { type Admin } from '../../core/identity/index.js';
import { Clock } from '../../core/time/index.js';
import { ProviderDirectory } from '../../providers/index.js';
import { ProviderSetting } from './provider-setting.entity.js';
import { DEFAULT_SETTING, ProviderSettings, type SettingRecord, toRecord } from './provider-settings.js';
import { type SettingChanges, UpdateProviderSetting } from './update-provider-setting.command.js';

const OWN_FIELDS: readonly (keyof SettingRecord)[] = ['useSharedApi', 'isActive'];

@CommandHandler(UpdateProviderSetting)
export class UpdateProviderSettingHandler implements ICommandHandler<UpdateProviderSetting> {
  constructor(
    @Inject(Database) private readonly database: Database,
    private readonly changes: ChangeFeed,
    private readonly providers: ProviderDirectory,
    private readonly settings: ProviderSettings,
    private readonly audit: Audit,
    private readonly clock: Clock,
  ) {}

  async execute({ slug, adminId, changes, actor }: UpdateProviderSetting): Promise<void> {
    refuseBeyondRole(actor, adminId, changes);
    const provider = this.providers.require(slug, 'slug');
    const wanted = Object.fromEntries(Object.entries(changes).filter(([, value]) => value !== undefined));
    await this.database.transaction(async (em) => {
      const lock = `setting\n${provider.id}\n${adminId}`;
      await em.execute('select pg_advisory_xact_lock(hashtextextended(?, 0))', [lock]);
      const stored = await em.findOne(ProviderSetting, { admin: adminId, providerId: provider.id });
      const before = stored ? toRecord(stored) : DEFAULT_SETTING;
      const after: SettingRecord = { ...before, ...wanted };
      if (after.unknownPrice === 'ceiling' && after.unknownPriceCeilingUsd === null)
        throw invalidField('unknown_price_ceiling_usd', 'is required with unknown_price "ceiling"');
      const row =
        stored ?? em.create(ProviderSetting, { id: newId(), admin: adminId, providerId: provider.id } as never);
      em.assign(row, { ...after, updatedAt: this.clock.now() });
      em.persist(row);
      await em.flush();
      const target = adminId === actor.id ? slug : `${slug} of ${adminId}`;
      await this.audit.append(em, { actor, action: 'setting.update', target, before, after });
      await this.changes.announce(em, 'setting');
    });
    await this.settings.refresh();
  }
}

/** @throws SwitchboardError `forbidden` */
function refuseBeyondRole(actor: Admin, adminId: string, changes: SettingChanges): void {
  if (actor.role === 'superadmin') return;
  if (adminId !== actor.id) throw new SwitchboardError('forbidden', 'Only a superadmin may change settings of others.');
  const fields = Object.entries(changes).filter(([, value]) => value !== undefined);
  if (fields.some(([field]) => !(OWN_FIELDS as readonly string[]).includes(field)))
    throw new SwitchboardError('forbidden', 'Only a superadmin may set limits, budgets and what unknown prices mean.');
}
