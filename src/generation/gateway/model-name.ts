import { invalidField, SwitchboardError } from '../../core/errors/index.js';
import { CAPABILITIES, type Capability, isCapability } from '../../providers/index.js';
import type { TargetWish } from '../generation-target.js';

/** What a caller's `model` means. */
export interface NamedModel {
  readonly capability: Capability;
  readonly wish: TargetWish;
}

/**
 * Reads `model`: a capability means its active selection, `provider/model_id` that model (ids may hold slashes).
 * @param served the capabilities that this route serves; the first one is that of models named outright
 * @throws SwitchboardError `validation_failed`, `model_unavailable` for a name that is neither
 */
export function readModelName(model: unknown, served: readonly [Capability, ...Capability[]]): NamedModel {
  if (typeof model !== 'string' || model === '' || model.length > 500)
    throw invalidField('model', `must be a string: ${served.join(' or ')}, or provider/model_id`);
  if (isCapability(model)) {
    if (served.includes(model)) return { capability: model, wish: {} };
    throw invalidField(
      'model',
      `${CAPABILITIES[model].label} models do not serve this route; it takes ${served.join(', ')}`,
    );
  }
  const slash = model.indexOf('/');
  if (slash > 0 && slash < model.length - 1)
    return { capability: served[0], wish: { provider: model.slice(0, slash), modelId: model.slice(slash + 1) } };
  throw new SwitchboardError(
    'model_unavailable',
    `There is no model ${JSON.stringify(model.slice(0, 100))}. Name a capability (${served.join(', ')}), or provider/model_id; GET /v1/models lists them.`,
    { retry: 'never' },
  );
}
