import { Controller, Get, Inject, Res, UseFilters, UseGuards } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import { ApiBearerAuth, ApiOperation, ApiProduces, ApiResponse, ApiTags } from '@nestjs/swagger';
import { ApiProblems, ProblemFilter } from '../core/http/index.js';
import { AdminGuard, SuperadminOnly } from '../core/identity/index.js';
import { Telemetry } from '../core/telemetry/index.js';

/** Counters for Prometheus. They tell what the whole team uses, so a superadmin's token with the scope `read` is asked for. */
@Controller('metrics')
@UseGuards(AdminGuard)
@UseFilters(ProblemFilter)
@ApiTags('Health')
@ApiBearerAuth()
export class MetricsController {
  constructor(
    private readonly telemetry: Telemetry,
    @Inject(HttpAdapterHost) private readonly adapterHost: HttpAdapterHost,
  ) {}

  @Get()
  @SuperadminOnly()
  @ApiOperation({ summary: 'Metrics for Prometheus', description: 'No person, token, key or text is in any label.' })
  @ApiProduces('text/plain')
  @ApiResponse({ status: 200, content: { 'text/plain': { schema: { type: 'string' } } } })
  @ApiProblems('unauthenticated', 'forbidden')
  async metrics(@Res() reply: unknown): Promise<void> {
    const text = await this.telemetry.registry.metrics();
    const adapter = this.adapterHost.httpAdapter;
    adapter.setHeader(reply, 'cache-control', 'no-store');
    adapter.setHeader(reply, 'content-type', this.telemetry.registry.contentType);
    adapter.reply(reply, text, 200);
  }
}
