import { describe, expect, it } from '@jest/globals';
import {
  CONTENT_RESPONSE_FORMAT,
  contentMessages,
  finishContent,
  META_DESCRIPTION_LENGTH,
  parseContent,
  TITLE_LENGTH,
} from '../src/generation/content/index.js';
import { SandboxProvider } from '../src/providers/strategies/sandbox.provider.js';
import { callOver } from './support/recordings.js';

const TOPICS = {
  fa: 'هوش مصنوعی در پزشکی و کاربردهای آن برای بیمارستان‌های کوچک و بزرگ در شهرها و روستاهای دورافتاده',
  ar: 'الذكاء الاصطناعي في الطب',
  zh: '人工智能在医学中的应用',
  de: 'Künstliche Intelligenz für Ärzte',
};

describe('an article of the sandbox', () => {
  const sandbox = new SandboxProvider();
  const noNetwork = () => Promise.reject(new Error('the sandbox must not use the network'));

  it.each(
    Object.entries(TOPICS).flatMap(([language, topic]) =>
      (['json_schema', 'json_object'] as const).map((means) => [language, means, topic] as const),
    ),
  )('in %s with %s is read, finished and about as long as asked', async (_language, means, topic) => {
    const { text } = await sandbox.chat(callOver(noNetwork, sandbox), {
      model: 'sandbox-chat',
      messages: contentMessages({ topic, wordCount: 300 }),
      responseFormat: means === 'json_schema' ? CONTENT_RESPONSE_FORMAT : { type: means },
    });
    const { draft, problems } = parseContent(text);
    expect(problems).toEqual([]);
    const article = finishContent(draft!);
    expect(article.title.length).toBeLessThanOrEqual(TITLE_LENGTH);
    expect(article.meta_description.length).toBeLessThanOrEqual(META_DESCRIPTION_LENGTH);
    expect(article.slug).toMatch(/^[\p{L}\p{M}\p{N}-]+$/u);
    expect(article.content).toContain(topic);
    expect(Math.abs(article.word_count - 300)).toBeLessThanOrEqual(60);
  });
});
