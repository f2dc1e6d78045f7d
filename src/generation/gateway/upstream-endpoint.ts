import type { ProviderProfile } from '../../providers/index.js';

/** The operations that may be passed through. */
export type Operation = 'chat' | 'image' | 'speech' | 'embedding' | 'transcription';

/** Where a request goes, and with which head. */
export interface UpstreamEndpoint {
  readonly origin: string;
  readonly path: string;
  /** Names and values in turn, without `content-type`. */
  readonly headers: readonly string[];
}

/**
 * The endpoint of an operation as the provider's row describes it. The head is the row's and the key's alone: nothing
 * of the caller's head goes upstream.
 */
export function endpointOf(profile: ProviderProfile, operation: Operation, secret: string | null): UpstreamEndpoint {
  const { wire } = profile.config;
  const url = new URL(`${profile.apiBaseUrl.replace(/\/+$/, '')}${pathOf(profile, operation)}`);
  const headers = ['accept', '*/*', 'user-agent', 'ai-switchboard', ...Object.entries(wire.headers).flat()];
  if (secret !== null && wire.auth.type === 'bearer') headers.push('authorization', `Bearer ${secret}`);
  if (secret !== null && wire.auth.type === 'header') headers.push(wire.auth.name, secret);
  return { origin: url.origin, path: url.pathname + url.search, headers };
}

function pathOf({ config: { wire } }: ProviderProfile, operation: Operation): string {
  switch (operation) {
    case 'chat':
      return wire.chatPath;
    case 'image':
      return wire.imagePath;
    case 'speech':
      return wire.speechPath;
    case 'embedding':
      return '/embeddings';
    case 'transcription':
      return '/audio/transcriptions';
  }
}
