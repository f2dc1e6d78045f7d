import { BooleanField, ChoiceField, PageQuery, TextField, TextListField } from '../../core/http/index.js';
import { CAPABILITY_NAMES, type Capability } from '../../providers/index.js';

const TIME = {
  max: 40,
  pattern: /^\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d(?:\.\d{1,6})?)?(?:Z|[+-]\d\d:\d\d)$/,
  patternMessage: 'must be a time like 2026-12-01T06:00:00Z',
};

export class SelectModelBody {
  @TextField({ max: 100, example: 'openrouter' }) provider!: string;
  @ChoiceField(CAPABILITY_NAMES) capability!: Capability;
  @TextField({ max: 300, example: 'openai/gpt-5.6-luna' }) model_id!: string;
  @TextField({ max: 300, optional: true, description: 'Shown instead of the catalog’s name.' }) model_name?: string;
  @BooleanField({ optional: true }) is_free?: boolean;
  @ChoiceField(['shared', 'personal'], {
    optional: true,
    default: 'shared',
    description: 'personal: your own override, for you alone.',
  })
  scope?: 'shared' | 'personal';
  @BooleanField({ optional: true, default: true, description: 'Let it serve the capability at once.' })
  activate?: boolean;
  @BooleanField({
    optional: true,
    default: false,
    description: 'One real minimal call first: `verification` shows what came of it; nothing changes if it fails.',
  })
  verify?: boolean;
  @BooleanField({ optional: true, default: false, description: 'Take a model that the catalog does not list.' })
  force?: boolean;
  @TextField({
    ...TIME,
    optional: true,
    description: 'Switch then instead of now; within a year. Replaces a switch that waits for the capability already.',
  })
  activate_at?: string;
}

export class SelectionsQuery {
  @TextField({ max: 100, optional: true }) provider?: string;
  @ChoiceField(CAPABILITY_NAMES, { optional: true }) capability?: Capability;
}

export class HistoryQuery extends PageQuery {
  @ChoiceField(CAPABILITY_NAMES, { optional: true }) capability?: Capability;
}

export class RollbackBody {
  @ChoiceField(CAPABILITY_NAMES) capability!: Capability;
  @ChoiceField(['shared', 'personal'], { optional: true, default: 'shared' }) scope?: 'shared' | 'personal';
}

export class FallbacksBody {
  @ChoiceField(CAPABILITY_NAMES) capability!: Capability;
  @TextListField({ description: 'Selection ids in the order in which they stand in; [] for none.' })
  selection_ids!: string[];
}

export class SuccessorBody {
  @TextField({ max: 100, example: 'openrouter' }) provider!: string;
  @TextField({ max: 300, example: 'openai/gpt-5.6-luna' }) model_id!: string;
}
