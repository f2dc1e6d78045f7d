import { ApiProperty } from '@nestjs/swagger';

/** A model named as a stand-in. */
export class SuggestedModelView {
  @ApiProperty() provider!: string;
  @ApiProperty() model_id!: string;
  @ApiProperty() model_name!: string;
}

/** What an administrator has to know about a selection. */
export class SelectionWarningView {
  @ApiProperty({ enum: ['model_missing', 'model_deprecated', 'provider_inactive', 'no_key'] })
  code!: 'model_missing' | 'model_deprecated' | 'provider_inactive' | 'no_key';
  @ApiProperty() message!: string;
  @ApiProperty({ type: String, format: 'date-time', nullable: true }) since!: string | null;
  @ApiProperty({ type: SuggestedModelView, nullable: true, description: 'What would do instead, if anything does.' })
  suggested!: SuggestedModelView | null;
}
