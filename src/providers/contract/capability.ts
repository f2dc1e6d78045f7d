interface CapabilityFacts {
  /** Shown to people. */
  readonly label: string;
  /** Methods of `ProviderStrategy`, any of which makes a provider able to serve this capability. */
  readonly methods: readonly string[];
  /** What a model of this capability puts out, as catalogs name it. */
  readonly outputModality: 'text' | 'image' | 'audio' | 'embedding';
}

/**
 * The capability registry. Adding one here, together with its strategy method, is all that a new capability needs:
 * columns, bodies, selections and the dashboard are written over this table.
 */
export const CAPABILITIES = {
  chat: { label: 'Chat', methods: ['chat'], outputModality: 'text' },
  content: { label: 'Content', methods: ['chat'], outputModality: 'text' },
  image: { label: 'Image', methods: ['image'], outputModality: 'image' },
  audio: { label: 'Audio', methods: ['speech'], outputModality: 'audio' },
  embedding: { label: 'Embedding', methods: ['embed'], outputModality: 'embedding' },
  transcription: { label: 'Transcription', methods: ['transcribe'], outputModality: 'text' },
} as const satisfies Record<string, CapabilityFacts>;

export type Capability = keyof typeof CAPABILITIES;

export const CAPABILITY_NAMES = Object.keys(CAPABILITIES) as Capability[];

export function isCapability(name: string): name is Capability {
  return Object.hasOwn(CAPABILITIES, name);
}
