import { SwitchboardError } from '../../core/errors/index.js';
import type { Capability, ListedModel } from '../contract/index.js';

const FREE = {
  input: '0',
  output: '0',
  cachedInput: '0',
  image: '0',
  characters: '0',
  source: 'provider',
} as const;

const entry = (
  id: string,
  name: string,
  description: string,
  capabilities: readonly Capability[],
  output: string,
): ListedModel => ({
  id,
  name,
  description,
  capabilities,
  contextLength: output === 'text' ? 128_000 : null,
  maxOutputTokens: output === 'text' ? 32_000 : null,
  modalities: { input: output === 'text' ? ['text', 'image'] : ['text'], output: [output] },
  pricing: FREE,
  isFree: true,
  deprecatedAt: null,
  raw: { id, owned_by: 'sandbox' },
});

/** Everything the sandbox offers. */
export const SANDBOX_MODELS: readonly ListedModel[] = [
  entry(
    'sandbox-chat',
    'Sandbox chat',
    'Echoes in the style of a model, calls tools, writes JSON and articles. Offline and free.',
    ['chat', 'content'],
    'text',
  ),
  entry('sandbox-chat-mini', 'Sandbox chat mini', 'The same in one sentence.', ['chat', 'content'], 'text'),
  entry(
    'sandbox-image',
    'Sandbox image',
    'A gradient with your prompt on it, of exactly your size.',
    ['image'],
    'image',
  ),
  entry('sandbox-audio', 'Sandbox audio', 'Speech-like tones as long as your text.', ['audio'], 'audio'),
];

/** Refuses, as a vendor would, a model the sandbox does not have for the capability. */
export function requireSandboxModel(id: string, capability: Capability): void {
  const offered = SANDBOX_MODELS.filter((model) => model.capabilities.includes(capability)).map((model) => model.id);
  if (offered.includes(id)) return;
  throw new SwitchboardError(
    'model_unavailable',
    `The sandbox has no model "${id.slice(0, 100)}" for ${capability}. It has: ${offered.join(', ')}.`,
  );
}
