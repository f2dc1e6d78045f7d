import { readFileSync } from 'node:fs';
import type { Command } from 'commander';
import { load } from 'js-yaml';
import { type LiteLlmPlan, planOf } from './litellm/litellm-plan.js';
import type { Terminal } from './terminal.js';

type Variables = Readonly<Record<string, string | undefined>>;

/** `import_litellm config.yaml`: turns a LiteLLM proxy's configuration into providers, keys and selections. */
export function registerImportLiteLlm(program: Command, terminal: Terminal, variables: Variables): void {
  program
    .command('import_litellm <file>')
    .description('bring the models of a LiteLLM proxy configuration over; nothing is made active')
    .option('--dry-run', 'show the mapping and what has no counterpart, change nothing', false)
    .action(async (file: string, options: { dryRun: boolean }) => {
      const api = await terminal.api();
      const { data } = await api.call<{ data: { slug: string }[] }>('GET', '/api/admin/ai-providers');
      const known = new Set(data.map(({ slug }) => slug));
      const plan = planOf(load(readFileSync(file, 'utf8')), known);
      const missing: string[] = [];
      if (!options.dryRun) await carryOut(plan);
      terminal.result(report(plan, options.dryRun, missing), lines(plan, options.dryRun, missing));

      async function carryOut({ providers, keys, selections }: LiteLlmPlan): Promise<void> {
        for (const { slug, name, apiBaseUrl } of providers.filter((one) => !known.has(one.slug)))
          await api.call('POST', '/api/admin/ai-providers', { slug, name, api_base_url: apiBaseUrl });
        for (const [slug, key] of keys) {
          const secret = 'secret' in key ? key.secret : variables[key.variable];
          if (secret) await api.call('PUT', `/api/admin/ai-providers/${slug}/shared-key`, { api_key: secret });
          else missing.push(`${slug}: the variable of its key is not set here; enter the key by hand`);
        }
        for (const { provider, capability, modelId, modelName } of selections)
          await api.call('POST', '/api/admin/ai-models/select-model', {
            provider,
            capability,
            model_id: modelId,
            model_name: modelName,
            activate: false,
            force: true,
          });
      }
    });
}

/** Where a key comes from, never the key. */
function sourceOf(key: { variable: string } | { secret: string }): string {
  return 'variable' in key ? `from ${key.variable}` : 'from the file';
}

function report(plan: LiteLlmPlan, isDryRun: boolean, missing: readonly string[]): object {
  return {
    dry_run: isDryRun,
    providers: plan.providers.map(({ slug, apiBaseUrl }) => ({ slug, api_base_url: apiBaseUrl })),
    keys: [...plan.keys].map(([provider, key]) => ({ provider, source: sourceOf(key) })),
    selections: plan.selections.map(({ provider, capability, modelId, modelName }) => ({
      provider,
      capability,
      model_id: modelId,
      model_name: modelName,
    })),
    left_out: [...plan.leftOut, ...missing],
  };
}

function lines(plan: LiteLlmPlan, isDryRun: boolean, missing: readonly string[]): string[] {
  return [
    ...plan.providers.map(({ slug, apiBaseUrl }) => `provider   ${slug}  ${apiBaseUrl}`),
    ...[...plan.keys].map(([slug, key]) => `key        ${slug}  ${sourceOf(key)}`),
    ...plan.selections.map(
      ({ provider, capability, modelId, modelName }) =>
        `selection  ${capability}  ${provider}/${modelId}  (${modelName})`,
    ),
    ...[...plan.leftOut, ...missing].map((text) => `left out   ${text}`),
    `${isDryRun ? 'Would bring' : 'Brought'} ${plan.selections.length} selections over; none is active yet.`,
  ];
}
