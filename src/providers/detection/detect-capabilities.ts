import { CAPABILITY_NAMES, type Capability } from '../contract/index.js';
import { kindFromDeclaration } from './declared-kind.js';
import { modelFacts } from './model-facts.js';
import { type ModelKind, NEVER_CONVERSE, SERVES } from './model-kind.js';
import { kindFromName } from './name-rules.js';

/** What a provider's list says of a model, beyond its id. Everything is optional. */
export interface DetectionHints {
  /** Lets the price list be asked. */
  readonly providerSlug?: string;
  readonly outputModalities?: readonly string[];
  readonly inputModalities?: readonly string[];
  /** The list's own type: Together's `type`, a pipeline tag, … */
  readonly kind?: string;
}

/** Output modalities, as lists spell them, and the capabilities they serve. */
const SERVED_BY_OUTPUT: Readonly<Record<string, readonly Capability[]>> = {
  text: SERVES.chat,
  image: SERVES.image,
  images: SERVES.image,
  audio: SERVES.speech,
  speech: SERVES.speech,
};

/**
 * What a model can serve. The best evidence decides: declared output modalities, then the list's own type, then what
 * the name says, then what the price list charges for; a model of which nothing is known converses. What is known by
 * name to embed, moderate, rerank, transcribe or read documents converses in no case, whatever a list declares; what
 * lives in a realtime session serves nothing here.
 */
export function detectCapabilities(id: string, hints: DetectionHints = {}): Capability[] {
  const named = kindFromName(id);
  if (named === 'realtime') return [];
  const served = fromEvidence(id, named, hints);
  return named !== undefined && NEVER_CONVERSE.has(named)
    ? served.filter((capability) => !SERVES.chat.includes(capability))
    : served;
}

function fromEvidence(id: string, named: ModelKind | undefined, hints: DetectionHints): Capability[] {
  if (hints.outputModalities !== undefined && hints.outputModalities.length > 0)
    return fromModalities(hints.outputModalities, hints.inputModalities);
  const kind = (hints.kind === undefined ? undefined : kindFromDeclaration(hints.kind)) ?? named;
  if (kind !== undefined) return [...SERVES[kind]];
  const facts = hints.providerSlug === undefined ? null : modelFacts(hints.providerSlug, id);
  // Voices and pictures a conversation is charged for come in its answers: no speech or image endpoint takes them.
  const isMute = facts?.outputModalities?.includes('text') === false;
  return isMute ? fromModalities(facts.outputModalities) : [...SERVES.chat];
}

function fromModalities(output: readonly string[], input?: readonly string[]): Capability[] {
  const declared = output.map((modality) => modality.toLowerCase());
  if (declared.includes('video') || declared.some((modality) => modality.startsWith('embedding'))) return [];
  const served = new Set(declared.flatMap((modality) => SERVED_BY_OUTPUT[modality] ?? []));
  if (input !== undefined && input.length > 0 && !input.some((modality) => modality.toLowerCase() === 'text'))
    return [];
  return CAPABILITY_NAMES.filter((capability) => served.has(capability));
}
