import { Injectable } from '@nestjs/common';
import { type Admin, requireSuperadmin } from '../../core/identity/index.js';
import { type Capability, ProviderDirectory, type ProviderRecord } from '../../providers/index.js';
import type { SelectModelRequest } from './commands/select-model.command.js';
import { ModelChoices } from './model-choice.js';
import { ModelVerifier, type Verification } from './model-verifier.js';
import type { ModelChoice } from './selection.entity.js';

/** A request to select, found to be possible. */
export interface PickedModel {
  readonly owner: string | null;
  readonly provider: ProviderRecord;
  readonly capability: Capability;
  readonly choice: ModelChoice;
  /** What the model said; null when it was not asked. */
  readonly verification: Verification | null;
}

/** Checks what an administrator wants to select, now or later. */
@Injectable()
export class ModelPicker {
  constructor(
    private readonly providers: ProviderDirectory,
    private readonly choices: ModelChoices,
    private readonly verifier: ModelVerifier,
  ) {}

  /**
   * @throws SwitchboardError `forbidden`, `provider_not_registered`, `provider_inactive`, `operation_not_supported`,
   * `model_not_in_catalog`, `model_no_capability`, and what the provider answers when `verify` is asked for
   */
  async pick(request: SelectModelRequest, actor: Admin): Promise<PickedModel> {
    if (request.scope !== 'personal') requireSuperadmin(actor);
    const { capability } = request;
    const provider = this.providers.requireServing(request.provider, capability);
    const known = await this.choices.require(provider, capability, request.modelId, actor, request.force === true);
    const choice = {
      ...known,
      displayName: request.modelName ?? known.displayName,
      isFree: request.isFree ?? known.isFree,
    };
    const verification = request.verify
      ? await this.verifier.verify(provider, capability, choice.modelId, actor)
      : null;
    return { owner: request.scope === 'personal' ? actor.id : null, provider, capability, choice, verification };
  }
}
