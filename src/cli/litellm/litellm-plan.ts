/** What an entry of LiteLLM's `model_list` says; everything may be missing. */
interface LiteLlmModel {
  readonly model_name?: unknown;
  readonly litellm_params?: Readonly<Record<string, unknown>>;
  readonly model_info?: Readonly<Record<string, unknown>>;
}

export interface PlannedProvider {
  readonly slug: string;
  readonly name: string;
  readonly apiBaseUrl: string;
}

export interface PlannedSelection {
  readonly provider: string;
  readonly capability: 'chat' | 'image' | 'audio';
  readonly modelId: string;
  /** LiteLLM's name of the model group. */
  readonly modelName: string;
}

/** What an import would do. */
export interface LiteLlmPlan {
  /** Providers that are not in the bundled list: addresses of their own. */
  readonly providers: readonly PlannedProvider[];
  /** Provider to the variable, or the text, that holds its key. */
  readonly keys: ReadonlyMap<string, { readonly variable: string } | { readonly secret: string }>;
  /** One per provider and capability: the first that the file names. */
  readonly selections: readonly PlannedSelection[];
  /** What has no counterpart here, and why. */
  readonly leftOut: readonly string[];
}

/** LiteLLM's prefixes that are called otherwise here. */
const SLUGS: Readonly<Record<string, string>> = {
  together_ai: 'together',
  fireworks_ai: 'fireworks',
  cohere_chat: 'cohere',
  ollama_chat: 'ollama',
  nvidia_nim: 'nvidia',
  huggingface: 'huggingface',
  deepinfra: 'deepinfra',
  github: 'github-models',
  moonshot: 'moonshotai',
};
const CAPABILITIES: Readonly<Record<string, PlannedSelection['capability']>> = {
  chat: 'chat',
  image_generation: 'image',
  audio_speech: 'audio',
};
/** They only say which dialect an address speaks. */
const GENERIC = new Set(['openai', 'openai_like', 'custom_openai', 'hosted_vllm', 'litellm_proxy']);

/**
 * Reads a LiteLLM proxy configuration, parsed already.
 * @param known slugs of the providers that exist here
 * @throws Error when it has no `model_list`
 */
export function planOf(config: unknown, known: ReadonlySet<string>): LiteLlmPlan {
  const { model_list: models, ...rest } = (config ?? {}) as Readonly<Record<string, unknown>>;
  if (!Array.isArray(models)) throw new Error('The file has no "model_list": is it a LiteLLM proxy configuration?');
  const providers = new Map<string, PlannedProvider>();
  const keys = new Map<string, { variable: string } | { secret: string }>();
  const selections = new Map<string, PlannedSelection>();
  const leftOut: string[] = [];
  for (const { model_name: group, litellm_params: given, model_info: info } of models as LiteLlmModel[]) {
    const modelName = textOf(group) ?? '(unnamed)';
    const model = textOf(given?.['model']) ?? '';
    const mode = textOf(info?.['mode']) ?? 'chat';
    const capability = CAPABILITIES[mode];
    if (capability === undefined) {
      leftOut.push(`${modelName}: mode "${mode}" has no counterpart`);
      continue;
    }
    const [prefix, modelId] = split(model);
    const address = textOf(given?.['api_base']);
    const slug = address !== undefined && GENERIC.has(prefix) ? slugOf(address) : (SLUGS[prefix] ?? prefix);
    if (address !== undefined && GENERIC.has(prefix))
      providers.set(slug, { slug, name: new URL(address).host, apiBaseUrl: address.replace(/\/+$/, '') });
    else if (!known.has(slug)) {
      leftOut.push(`${modelName}: there is no provider "${prefix}" (${model})`);
      continue;
    }
    const key = textOf(given?.['api_key']);
    if (key !== undefined && !keys.has(slug)) keys.set(slug, keyOf(key));
    const slot = `${slug} ${capability}`;
    if (selections.has(slot)) leftOut.push(`${modelName}: ${slug} has a selection for ${capability} already`);
    else selections.set(slot, { provider: slug, capability, modelId, modelName });
    const ignored = Object.keys(given ?? {}).filter((name) => !['model', 'api_base', 'api_key'].includes(name));
    if (ignored.length > 0) leftOut.push(`${modelName}: ${ignored.join(', ')} cannot be set per model`);
  }
  for (const section of Object.keys(rest)) leftOut.push(`${section}: not read`);
  return { providers: [...providers.values()], keys, selections: [...selections.values()], leftOut };
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}

/** `groq/llama-3` is `llama-3` of `groq`; a bare name is OpenAI's. */
function split(model: string): [prefix: string, modelId: string] {
  const slash = model.indexOf('/');
  return slash === -1 ? ['openai', model] : [model.slice(0, slash), model.slice(slash + 1)];
}

function keyOf(text: string): { variable: string } | { secret: string } {
  return text.startsWith('os.environ/') ? { variable: text.slice('os.environ/'.length) } : { secret: text };
}

function slugOf(address: string): string {
  const slug = new URL(address).host
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '');
  return slug === '' ? 'imported' : slug;
}
