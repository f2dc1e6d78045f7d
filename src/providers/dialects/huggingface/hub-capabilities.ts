import { CAPABILITY_NAMES, type Capability } from '../../contract/index.js';
import { detectCapabilities } from '../../detection/index.js';
import { isWireObject, objectsOf, stringOf, type WireObject } from '../wire-json.js';

/** The back end whose task endpoints this strategy speaks; the others have each an API of their own. */
const TASK_BACK_END = 'hf-inference';

/**
 * What we can have a model of the Hub do. Its pipeline tag says what it is for; where the row names the back ends that
 * serve it, chat needs a live one for conversation; pictures, speech and embeddings a live `hf-inference`.
 */
export function hubCapabilities(id: string, row: WireObject): Capability[] {
  // Its task endpoint for recordings has a shape that nobody here speaks yet.
  const able: Capability[] = ableTo(id, row).filter((capability) => capability !== 'transcription');
  const live = liveTasks(row.inferenceProviderMapping);
  if (live === undefined) return able;
  const served = live.flatMap(({ backEnd, task }): Capability[] => {
    if (task === 'conversational') return ['chat', 'content'];
    if (backEnd !== TASK_BACK_END) return [];
    if (task === 'text-to-image') return ['image'];
    if (task === 'feature-extraction' || task === 'sentence-similarity') return ['embedding'];
    return task === 'text-to-speech' ? ['audio'] : [];
  });
  return CAPABILITY_NAMES.filter((capability) => served.includes(capability) && able.includes(capability));
}

function ableTo(id: string, { pipeline_tag: tag, tags }: WireObject): Capability[] {
  const kind = stringOf(tag);
  const isConversational = !Array.isArray(tags) || tags.includes('conversational');
  // Without that tag a text model continues its input and has no chat template.
  if ((kind === undefined || kind === 'text-generation') && !isConversational) return [];
  return detectCapabilities(id, { kind: kind ?? 'conversational' });
}

/** An object by back end for one model, a list in lists; undefined where the row does not say. */
function liveTasks(mapping: unknown): { backEnd: string; task: string }[] | undefined {
  const named = isWireObject(mapping)
    ? Object.entries(mapping).map(([provider, entry]) => ({ ...(isWireObject(entry) ? entry : {}), provider }))
    : objectsOf(mapping);
  if (!isWireObject(mapping) && !Array.isArray(mapping)) return undefined;
  return named
    .filter((entry: WireObject) => entry.status === 'live')
    .map((entry: WireObject) => ({ backEnd: stringOf(entry.provider) ?? '', task: stringOf(entry.task) ?? '' }));
}
