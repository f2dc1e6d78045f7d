import { Command } from '@nestjs/cqrs';
import type { Capability } from '../../../providers/index.js';
import type { Admin } from '../../../core/identity/index.js';
import type { SelectedModelView } from '../selection.view.js';

export interface SelectModelRequest {
  readonly provider: string;
  readonly capability: Capability;
  readonly modelId: string;
  /** @default the catalog's name */
  readonly modelName?: string | undefined;
  /** @default what the catalog says */
  readonly isFree?: boolean | undefined;
  /** @default 'shared' */
  readonly scope?: 'shared' | 'personal' | undefined;
  /** Let it serve the capability at once. @default true */
  readonly activate?: boolean | undefined;
  /** Make one real minimal call first; nothing changes when it fails. @default false */
  readonly verify?: boolean | undefined;
  /** Take a model that the catalog does not list. @default false */
  readonly force?: boolean | undefined;
  /** `If-Match` of the request. @default not checked */
  readonly ifMatch?: string | undefined;
}

/** Chooses a provider's model for a capability and, by default, lets it serve that capability. */
export class SelectModel extends Command<SelectedModelView> {
  constructor(
    readonly request: SelectModelRequest,
    readonly actor: Admin,
  ) {
    super();
  }
}
