import { Body, HttpCode, Post } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiProperty } from '@nestjs/swagger';
import { AdminController, ApiProblems, NumberField } from '../core/http/index.js';
import { type Admin, CurrentAdmin, SuperadminOnly } from '../core/identity/index.js';
import { KeyRewrapper, type RewrapReport } from './key-rewrapper.js';

class RewrapBody {
  @NumberField({ min: 1, max: 10_000, optional: true, description: 'At most so many keys in this call.' })
  limit?: number;
}

class RewrapReportView implements RewrapReport {
  @ApiProperty({ description: 'Id of the encryption key that writes now.' }) key_id!: string;
  @ApiProperty({ type: 'integer' }) rewrapped!: number;
  @ApiProperty({ type: 'integer', description: 'Opened by no key of the ring; enter them again.' })
  undecryptable!: number;
  @ApiProperty({ type: 'integer', description: 'Still under an old key; it can go when this is 0.' })
  remaining!: number;
}

/** Rotation of the encryption keys. */
@AdminController('keys', 'Keys')
export class RewrapController {
  constructor(private readonly rewrapper: KeyRewrapper) {}

  @Post('rewrap')
  @SuperadminOnly()
  @HttpCode(200)
  @ApiOperation({
    summary: 'Write stored keys anew with the first key of SWITCHBOARD_KEYS',
    description: 'May be repeated and interrupted; `remaining` says how many are left.',
  })
  @ApiOkResponse({ type: RewrapReportView })
  @ApiProblems('validation_failed')
  rewrap(@Body() body: RewrapBody, @CurrentAdmin() admin: Admin): Promise<RewrapReportView> {
    return this.rewrapper.run(admin, body.limit);
  }
}
