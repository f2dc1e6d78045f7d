import type { Capability } from '../../../providers/index.js';

/** A model was chosen, after the commit. May be lost: nothing that must happen hangs on it. */
export class ModelSelected {
  constructor(
    readonly provider: string,
    readonly capability: Capability,
    readonly modelId: string,
    readonly owner: string | null,
  ) {}
}
