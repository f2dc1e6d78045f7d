import { ApiProperty } from '@nestjs/swagger';
import { CAPABILITY_NAMES, type Capability } from '../../providers/index.js';
import { ProviderStatsView } from '../providers/provider.view.js';

const perCapability = (schema: string, nullable = false) =>
  ApiProperty({
    type: 'object',
    required: [...CAPABILITY_NAMES],
    properties: Object.fromEntries(
      CAPABILITY_NAMES.map((name) => [
        name,
        nullable
          ? { nullable: true, allOf: [{ $ref: `#/components/schemas/${schema}` }] }
          : { $ref: `#/components/schemas/${schema}` },
      ]),
    ),
  } as never);

export class OverviewModelView {
  @ApiProperty() id!: string;
  @ApiProperty() name!: string;
  @ApiProperty() is_free!: boolean;
}

export class OverviewCapabilityView {
  @ApiProperty() supported!: boolean;
  @ApiProperty({ description: 'A model of this provider is selected for it.' }) has_model!: boolean;
  @ApiProperty({ type: OverviewModelView, nullable: true }) selected_model!: OverviewModelView | null;
}

export class OverviewProviderView {
  @ApiProperty() slug!: string;
  @ApiProperty() name!: string;
  @ApiProperty({ type: String, nullable: true }) logo_url!: string | null;
  @ApiProperty() is_active!: boolean;
  @ApiProperty({ description: 'You can call it: with your own key, the shared one, or none.' }) has_api_key!: boolean;
  @perCapability('OverviewCapabilityView') capabilities!: Record<Capability, OverviewCapabilityView>;
  @ApiProperty({ type: ProviderStatsView }) stats!: ProviderStatsView;
}

export class OverviewSelectionView {
  @ApiProperty() provider!: string;
  @ApiProperty() model_id!: string;
  @ApiProperty() model_name!: string;
  @ApiProperty() is_free!: boolean;
}

export class OverviewUsageView {
  @ApiProperty({ type: 'integer' }) requests!: number;
  @ApiProperty({ type: 'integer' }) errors!: number;
  @ApiProperty({ type: 'integer' }) total_tokens!: number;
  @ApiProperty({ type: 'integer' }) images!: number;
  @ApiProperty({ type: 'integer' }) characters!: number;
  @ApiProperty({ description: 'Sum of the known costs.', example: '1.25' }) cost_usd!: string;
  @ApiProperty({ type: 'integer', description: 'Requests whose cost is not known.' }) unpriced!: number;
}

/** Usage of the running month, UTC: a superadmin's figures are everyone's, an admin's her own. */
export class OverviewMonthView {
  @ApiProperty({ example: '2026-11' }) month!: string;
  @ApiProperty({ type: OverviewUsageView }) total!: OverviewUsageView;
  @perCapability('OverviewUsageView') by_capability!: Record<Capability, OverviewUsageView>;
}

export const OVERVIEW_WARNINGS = [
  'model_unlisted',
  'model_missing',
  'model_deprecated',
  'provider_inactive',
  'no_key',
  'no_active_model',
  'catalog_kept',
] as const;

export class OverviewWarningView {
  @ApiProperty({ enum: OVERVIEW_WARNINGS }) code!: (typeof OVERVIEW_WARNINGS)[number];
  @ApiProperty() message!: string;
  @ApiProperty({ type: String, format: 'date-time', nullable: true }) since!: string | null;
  @ApiProperty({ enum: CAPABILITY_NAMES, nullable: true }) capability!: Capability | null;
  @ApiProperty({ type: String, nullable: true }) provider!: string | null;
  @ApiProperty({ type: String, nullable: true, format: 'uuid' }) selection_id!: string | null;
}

/** Everything the first page shows. */
export class OverviewView {
  @ApiProperty({ type: [OverviewProviderView] }) providers!: OverviewProviderView[];
  @perCapability('OverviewSelectionView', true) selected_models!: Record<Capability, OverviewSelectionView | null>;
  @ApiProperty({ type: OverviewMonthView }) usage!: OverviewMonthView;
  @ApiProperty({ type: [OverviewWarningView] }) warnings!: OverviewWarningView[];
}
