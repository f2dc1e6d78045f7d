import { Body, HttpCode, Param, Post } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiProperty } from '@nestjs/swagger';
import { IsIn } from 'class-validator';
import { AdminController, ApiProblems, TextField, TextListField } from '../../core/http/index.js';
import { type Admin, CurrentAdmin, SuperadminOnly } from '../../core/identity/index.js';
import { CONFORMANCE_CHECKS, type ConformanceCheckName, type ConformanceRow } from './conformance-check.js';
import { Conformance } from './conformance.service.js';

class ConformanceBody {
  @TextListField({ optional: true, description: `Checks to leave out: ${CONFORMANCE_CHECKS.join(', ')}.` })
  @IsIn([...CONFORMANCE_CHECKS], { each: true, message: `must be among ${CONFORMANCE_CHECKS.join(', ')}` })
  skip?: ConformanceCheckName[];

  @TextField({ max: 300, optional: true, description: 'Default: the selected one, else a free one of the catalog.' })
  chat_model?: string;
  @TextField({ max: 300, optional: true }) image_model?: string;
  @TextField({ max: 300, optional: true }) speech_model?: string;
}

class ConformanceRowView {
  @ApiProperty({ enum: CONFORMANCE_CHECKS }) check!: string;
  @ApiProperty({ enum: ['ok', 'warning', 'failed', 'skipped'] }) status!: string;
  @ApiProperty({ description: 'What was seen.' }) detail!: string;
  @ApiProperty({ type: 'integer' }) duration_ms!: number;
}

class ConformanceView {
  @ApiProperty() provider!: string;
  @ApiProperty({ description: 'Nothing failed.' }) passed!: boolean;
  @ApiProperty({ type: [ConformanceRowView] }) checks!: ConformanceRowView[];
}

/** Live checks of a provider. */
@AdminController('ai-providers', 'Providers')
export class ConformanceController {
  constructor(private readonly conformance: Conformance) {}

  @Post(':slug/conformance')
  @HttpCode(200)
  @SuperadminOnly()
  @ApiOperation({
    summary: 'Try out live whether a provider does what it promises',
    description: 'Makes about ten small real calls, one picture and one sound among them, which the provider charges.',
  })
  @ApiOkResponse({ type: ConformanceView })
  @ApiProblems('validation_failed', 'provider_not_registered', 'no_api_key_available', 'shared_api_not_allowed')
  async check(
    @Param('slug') slug: string,
    @Body() body: ConformanceBody,
    @CurrentAdmin() admin: Admin,
  ): Promise<ConformanceView> {
    const { skip = [], chat_model: chat, image_model: image, speech_model: speech } = body;
    const models = {
      ...(chat === undefined ? {} : { chat }),
      ...(image === undefined ? {} : { image }),
      ...(speech === undefined ? {} : { speech }),
    };
    const rows = await this.conformance.check(slug, admin, { skip, models });
    return { provider: slug, passed: rows.every(({ status }) => status !== 'failed'), checks: rows.map(toRowView) };
  }
}

function toRowView(row: ConformanceRow): ConformanceRowView {
  return { check: row.check, status: row.status, detail: row.detail, duration_ms: row.duration_ms };
}
