import type { Type } from '@nestjs/common';
import type { ModuleRef } from '@nestjs/core';
import type { Admin, AdminResolver, IdentifiableRequest } from './admin.js';

/**
 * The host's identity class, looked up at the first request: where a module of the host provides it that instance is
 * used, else one is made. Late, because the host's modules may be initialised after ours.
 */
export class LateAdminResolver implements AdminResolver {
  private resolver: Promise<AdminResolver> | undefined;
  private found: AdminResolver | undefined;

  constructor(
    private readonly moduleRef: ModuleRef,
    private readonly identity: Type<AdminResolver>,
  ) {}

  async resolve(request: IdentifiableRequest): Promise<Admin | null> {
    this.resolver ??= this.find();
    this.found ??= await this.resolver;
    return this.found.resolve(request);
  }

  resolveNow(request: IdentifiableRequest): Admin | null | undefined {
    return this.found?.resolveNow?.(request);
  }

  private async find(): Promise<AdminResolver> {
    try {
      return this.moduleRef.get(this.identity, { strict: false });
    } catch {
      return this.moduleRef.create(this.identity);
    }
  }
}
