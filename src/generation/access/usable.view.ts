import { ApiProperty } from '@nestjs/swagger';
import type { Access, AccessState } from '../../keys/index.js';
import { BrowsedModelView, type SelectionRecord } from '../../models/index.js';
import { CAPABILITY_NAMES, type Capability, type ProviderRecord } from '../../providers/index.js';

const ACCESS_STATES: readonly AccessState[] = ['available_personal', 'available_shared', 'no_access', 'disabled'];

class ChosenModelView {
  @ApiProperty() id!: string;
  @ApiProperty() name!: string;
  @ApiProperty() is_free!: boolean;
}

/** A provider with what this admin may do with it. */
export class UsableProviderView {
  @ApiProperty() slug!: string;
  @ApiProperty() name!: string;
  @ApiProperty({ type: String, nullable: true }) logo_url!: string | null;
  @ApiProperty({ enum: CAPABILITY_NAMES, isArray: true }) capabilities!: Capability[];
  @ApiProperty({ enum: ACCESS_STATES }) access_state!: AccessState;
  @ApiProperty({ description: 'The access state in a sentence.' }) access_reason!: string;
  @ApiProperty() is_recommended!: boolean;
  @ApiProperty({
    type: ChosenModelView,
    nullable: true,
    description: 'Its model for the capability that was asked for, as chosen by this admin, else by all.',
  })
  selected_model!: ChosenModelView | null;
}

/** A model of some provider with what this admin may do with it. */
export class UsableModelView extends BrowsedModelView {
  @ApiProperty() provider!: string;
  @ApiProperty() provider_name!: string;
  @ApiProperty({ enum: ACCESS_STATES }) access_state!: AccessState;
  @ApiProperty({ description: 'The access state in a sentence.' }) access_reason!: string;
}

export function toUsableProviderView(
  provider: ProviderRecord,
  access: Access,
  selection: SelectionRecord | undefined,
): UsableProviderView {
  return {
    slug: provider.slug,
    name: provider.displayName,
    logo_url: provider.entry.logo_url,
    capabilities: [...provider.capabilities],
    access_state: access.state,
    access_reason: access.reason,
    is_recommended: provider.entry.is_recommended,
    selected_model:
      selection === undefined ? null : { id: selection.modelId, name: selection.modelName, is_free: selection.isFree },
  };
}

export function toUsableModelView(model: BrowsedModelView, provider: ProviderRecord, access: Access): UsableModelView {
  return {
    ...model,
    provider: provider.slug,
    provider_name: provider.displayName,
    access_state: access.state,
    access_reason: access.reason,
  };
}
