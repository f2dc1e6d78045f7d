import { ApiProperty } from '@nestjs/swagger';

/** A model named as a stand-in. */
export class SuggestedModelView {
  @ApiProperty() provider!: string;
  @ApiProperty() model_id!: string;
  @ApiProperty() model_name!: string;
}

export const SELECTION_WARNINGS = [
  'model_unlisted',
  'model_missing',
  'model_deprecated',
  'provider_inactive',
  'no_key',
] as const;

/** What an administrator has to know about a selection. */
export class SelectionWarningView {
  @ApiProperty({
    enum: SELECTION_WARNINGS,
    description: 'model_unlisted: the latest list lacks it; once the next one does, too, it is model_missing.',
  })
  code!: (typeof SELECTION_WARNINGS)[number];
  @ApiProperty() message!: string;
  @ApiProperty({ type: String, format: 'date-time', nullable: true }) since!: string | null;
  @ApiProperty({ type: SuggestedModelView, nullable: true, description: 'What would do instead, if anything does.' })
  suggested!: SuggestedModelView | null;
}
