import { Get, Param, Query } from '@nestjs/common';
import { ApiOperation, ApiParam } from '@nestjs/swagger';
import { invalidField } from '../../core/errors/index.js';
import {
  AdminController,
  ApiList,
  ApiProblems,
  ChoiceField,
  decodeCursor,
  encodeCursor,
  type List,
  PageQuery,
  wholeList,
} from '../../core/http/index.js';
import { type Admin, CurrentAdmin } from '../../core/identity/index.js';
import { CAPABILITY_NAMES, type Capability, isCapability } from '../../providers/index.js';
import { Usable } from './usable.service.js';
import { UsableModelView, UsableProviderView } from './usable.view.js';

class UsableProvidersQuery {
  @ChoiceField(CAPABILITY_NAMES, { optional: true }) capability?: Capability;
}

const PAGE = 50;

/** What the admin who asks may use, each with the reason. */
@AdminController('ai', 'Generation')
export class UsableController {
  constructor(private readonly usable: Usable) {}

  @Get('providers')
  @ApiOperation({ summary: 'The providers that I may use, and why not the others' })
  @ApiList(UsableProviderView)
  @ApiProblems('validation_failed')
  providers(@Query() query: UsableProvidersQuery, @CurrentAdmin() admin: Admin): List<UsableProviderView> {
    return wholeList(this.usable.providers(query.capability, admin));
  }

  @Get(':capability/models')
  @ApiOperation({ summary: 'The models that I may use for a capability' })
  @ApiParam({ name: 'capability', enum: CAPABILITY_NAMES })
  @ApiList(UsableModelView)
  @ApiProblems('validation_failed')
  async models(
    @Param('capability') capability: string,
    @Query() query: PageQuery,
    @CurrentAdmin() admin: Admin,
  ): Promise<List<UsableModelView>> {
    if (!isCapability(capability)) throw invalidField('capability', `must be one of ${CAPABILITY_NAMES.join(', ')}`);
    const all = await this.usable.models(capability, admin);
    const { cursor, limit = PAGE } = query;
    const offset = cursor === undefined ? 0 : Math.max(0, Number(decodeCursor(cursor, { offset: 'number' }).offset));
    const data = all.slice(offset, offset + limit);
    const end = offset + data.length;
    return { data, total: all.length, next_cursor: end < all.length ? encodeCursor({ offset: end }) : null };
  }
}
