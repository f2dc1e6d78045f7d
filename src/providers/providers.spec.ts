import { describe, expect, it } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { CAPABILITY_NAMES } from './contract/index.js';
import { detectCapabilities } from './detection/index.js';
import { parseProviderFile, profileOf } from './provider-file/index.js';

const entries = parseProviderFile(readFileSync(new URL('providers.json', import.meta.url), 'utf8'));
const slugs = entries.map(({ slug }) => slug);

/** The strategies that rows may name: classes of their own, and the one for everybody else. */
const OWN_STRATEGIES = [
  'anthropic',
  'cohere',
  'deepseek',
  'gemini',
  'groq',
  'huggingface',
  'openai',
  'openrouter',
  'sandbox',
];

describe('the bundled providers', () => {
  it('are many, with the well-known ones among them, and no slug twice', () => {
    expect(entries.length).toBeGreaterThanOrEqual(70);
    expect(new Set(slugs).size).toBe(slugs.length);
    expect(slugs).toEqual(
      expect.arrayContaining([
        ...OWN_STRATEGIES,
        ...['mistral', 'xai', 'together', 'fireworks', 'perplexity', 'cerebras', 'nvidia', 'ollama'],
      ]),
    );
  });

  it('name strategies that exist, their own where there is one', () => {
    for (const { slug, strategy } of entries)
      expect([slug, strategy]).toEqual([slug, OWN_STRATEGIES.includes(slug) ? slug : 'openai-compatible']);
  });

  it('are reached over https, save those on the own machine, which start switched off', () => {
    for (const { slug, api_base_url, is_active } of entries) {
      const { protocol, hostname } = new URL(api_base_url);
      if (hostname === 'localhost') expect([slug, is_active]).toEqual([slug, false]);
      else expect([slug, protocol]).toEqual([slug, 'https:']);
    }
  });

  it('have a key variable wherever they take a key that has a documented one', () => {
    const without = entries.filter(({ env_key }) => env_key === null).map(({ slug }) => slug);
    expect(without).toEqual(['sandbox', 'ollama', 'recraft']);
  });

  it('say of every capability whether they have it, and have at least one', () => {
    for (const { slug, capabilities } of entries) {
      expect([slug, Object.keys(capabilities)]).toEqual([slug, CAPABILITY_NAMES]);
      expect([slug, Object.values(capabilities).some(({ supported }) => supported)]).toEqual([slug, true]);
    }
  });

  it('list the models of a capability whose list is not asked for, and only models that serve it', () => {
    for (const { slug, capabilities } of entries.map(profileOf)) {
      for (const name of CAPABILITY_NAMES) {
        const capability = capabilities[name];
        if (capability === undefined || !capability.supported || capability.hasDynamicModels) continue;
        expect([slug, capability.models.length > 0]).toEqual([slug, true]);
        const strangers = capability.models.filter(({ id }) => !detectCapabilities(id).includes(name));
        expect([slug, name, strangers]).toEqual([slug, name, []]);
      }
    }
  });

  it('describe themselves in one sentence each', () => {
    for (const { slug, description } of entries)
      expect([slug, description]).toEqual([slug, expect.stringMatching(/^.{10,140}\.$/)]);
    expect(new Set(entries.map(({ description }) => description)).size).toBe(entries.length);
  });

  it('recommend a handful and keep the sandbox last', () => {
    const recommended = entries.filter(({ is_recommended }) => is_recommended).length;
    expect(recommended).toBeGreaterThanOrEqual(3);
    expect(recommended).toBeLessThanOrEqual(8);
    const last = entries.toSorted((one, other) => one.sort_order - other.sort_order).at(-1);
    expect(last).toMatchObject({ slug: 'sandbox', is_active: true });
  });
});
