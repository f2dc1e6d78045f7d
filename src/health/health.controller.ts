import { Controller, Get, Inject, Res } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import { ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import { type ReadinessReport, Readiness } from './readiness.js';

const STATE = { type: 'string', enum: ['ok', 'failing', 'starting', 'draining'] };
const REPORT = {
  type: 'object',
  required: ['status', 'checks'],
  properties: {
    status: { type: 'string', enum: ['ok', 'unavailable'] },
    checks: { type: 'object', properties: { database: STATE, migrations: STATE, keys: STATE, server: STATE } },
  },
};

/** Open to everybody and therefore silent about hosts, versions and reasons. */
@Controller('health')
@ApiTags('Health')
export class HealthController {
  constructor(
    private readonly readiness: Readiness,
    @Inject(HttpAdapterHost) private readonly adapterHost: HttpAdapterHost,
  ) {}

  @Get('live')
  @ApiOperation({ summary: 'Whether the process runs', description: 'Also while it waits for its database.' })
  @ApiResponse({ status: 200, schema: { type: 'object', properties: { status: { type: 'string', enum: ['ok'] } } } })
  live(): { status: 'ok' } {
    return { status: 'ok' };
  }

  @Get('ready')
  @ApiOperation({
    summary: 'Whether this replica may get requests',
    description: 'Looks at database, migrations, keys and shutdown; never at providers.',
  })
  @ApiResponse({ status: 200, description: 'Ready.', schema: REPORT })
  @ApiResponse({ status: 503, description: 'Starting, draining, or without its database.', schema: REPORT })
  async ready(@Res() reply: unknown): Promise<void> {
    const report: ReadinessReport = await this.readiness.report();
    const adapter = this.adapterHost.httpAdapter;
    adapter.setHeader(reply, 'cache-control', 'no-store');
    adapter.setHeader(reply, 'content-type', 'application/json; charset=utf-8');
    adapter.reply(reply, JSON.stringify(report), report.status === 'ok' ? 200 : 503);
  }
}
