import { afterAll, describe, expect, it } from '@jest/globals';
import type { Type } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { AiProviderMetadata, type AiProviderOptions } from '../../src/providers/ai-provider.decorator.js';
import type { ProviderStrategy } from '../../src/providers/contract/index.js';
import { StrategiesModule } from '../../src/providers/strategies/strategies.module.js';
import {
  CONTRACT_METHODS,
  type ContractCheck,
  describeProviderContract,
  providerContract,
} from '../../src/testing/index.js';
import { FIXTURES } from './fixtures/index.js';

const { providers = [] } = await StrategiesModule.discover();
const strategies = (providers as Type<ProviderStrategy>[]).map((type) => ({
  slug: (new Reflector().get(AiProviderMetadata, type) as AiProviderOptions | undefined)?.slug ?? type.name,
  strategy: new type(),
}));
const passes = new Map<string, number>();

describe('every strategy that is discovered', () => {
  it('are more than the first five, each with cases of its own', () => {
    expect(strategies.length).toBeGreaterThanOrEqual(10);
    expect(Object.keys(FIXTURES).sort()).toEqual(strategies.map(({ slug }) => slug).sort());
  });

  afterAll(() => {
    const columns = [...CONTRACT_METHODS, 'validateKey'];
    const head = ['strategy', ...columns];
    const rows = strategies.map(({ slug }) => [
      slug,
      ...columns.map((method) => String(passes.get(`${slug} ${method}`) ?? '–')),
    ]);
    const lines = [head, ...rows].map((row) =>
      row
        .map((cell) => cell.padEnd(18))
        .join('')
        .trimEnd(),
    );
    process.stdout.write(`contract checks passed\n${lines.join('\n')}\n`);
  });

  for (const { slug, strategy } of strategies)
    describeProviderContract(strategy, FIXTURES[slug]?.cases ?? {}, { describe, it: counted(slug) });
});

function counted(slug: string) {
  return (name: string, run: () => Promise<void>): void => {
    it(
      name,
      async () => {
        await run();
        const cell = `${slug} ${name.split(' ', 1)[0] ?? ''}`;
        passes.set(cell, (passes.get(cell) ?? 0) + 1);
      },
      120_000,
    );
  };
}

describe('the suite itself', () => {
  const openai = FIXTURES['openai']?.cases ?? {};
  const failuresOf = async (checks: readonly ContractCheck[]) => {
    const names: string[] = [];
    for (const { method, name, run } of checks) await run().catch(() => void names.push(`${method} ${name}`));
    return names;
  };
  const [, { strategy } = strategies[0]!] = strategies;
  const honest = strategies.find(({ slug }) => slug === 'openai')?.strategy ?? strategy;
  const twisted = (change: Partial<ProviderStrategy>): ProviderStrategy => ({
    diagnose: () => undefined,
    ...change,
  });

  it('fails a strategy without cases', async () => {
    expect(await failuresOf(providerContract(honest, {}))).toEqual(
      CONTRACT_METHODS.map((method) => `${method} has cases`),
    );
  });

  it('sees a stream that ends without its finish, and one that goes on for nobody', async () => {
    const careless = twisted({
      async *streamChat(call) {
        const response = await call.fetch(`${call.baseUrl}/chat/completions`, { method: 'POST' });
        yield { type: 'text', text: await response.text() };
      },
    });
    const failures = await failuresOf(providerContract(careless, openai));
    expect(failures).toContain('streamChat gives the answer');
    expect(failures).toContain('streamChat tells a stream that ends before the answer does');
    expect(failures).toContain('streamChat ends upstream when its reader stops');
  });

  it('sees a credential in an address, a foreign host and a swallowed refusal', async () => {
    const leaky = twisted({
      async listModels(call) {
        await call.fetch(`https://elsewhere.test/models?key=${String(call.apiKey)}`).catch(() => undefined);
        return { models: [], skipped: 0 };
      },
    });
    const failures = await failuresOf(providerContract(leaky, openai));
    expect(failures).toContain(
      'listModels calls nothing but the base URL, over its own fetch, with its credential out of the address',
    );
    expect(failures).toContain('listModels tells a refused key as upstream_auth_failed');
  });
});
