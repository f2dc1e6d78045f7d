import { describe, expect, it } from '@jest/globals';
import { SwitchboardError } from '../../core/errors/index.js';
import { defaultWire, parseProviderEntry, parseProviderFile, parseProviderPatch, profileOf } from './index.js';
import { ProviderFileError, type ProviderFileProblem } from './index.js';

const MINIMAL = { slug: 'acme', name: 'Acme', api_base_url: 'https://api.acme.test/v1/' };

function problemsOf(text: string): readonly ProviderFileProblem[] {
  try {
    parseProviderFile(text);
  } catch (error) {
    if (error instanceof ProviderFileError) return error.problems;
    throw error;
  }
  return [];
}

function problemsWith(fields: object): string[] {
  return problemsOf(JSON.stringify([{ ...MINIMAL, ...fields }])).map(({ field, message }) => `${field}: ${message}`);
}

describe('providers file', () => {
  it('fills the defaults of an entry that says the least', () => {
    expect(parseProviderFile(JSON.stringify({ providers: [MINIMAL] }))).toEqual([
      {
        slug: 'acme',
        name: 'Acme',
        display_name: 'Acme',
        description: null,
        strategy: 'openai-compatible',
        api_base_url: 'https://api.acme.test/v1',
        website: null,
        documentation_url: null,
        logo_url: null,
        env_key: null,
        capabilities: {
          chat: { supported: true, has_dynamic_models: true, description: null },
          content: { supported: true, has_dynamic_models: true, description: null },
        },
        config: {},
        pricing_info: null,
        allow_personal_keys: true,
        allow_shared_for_normal_admins: false,
        is_active: true,
        is_recommended: false,
        sort_order: 1000,
      },
    ]);
  });

  it('takes model ids and model objects in a static list', () => {
    const models = ['a', { id: 'b', context_length: 8192, name: null }];
    const [entry] = parseProviderFile(
      JSON.stringify([{ ...MINIMAL, capabilities: { chat: { supported: true, models } } }]),
    );
    expect(entry?.capabilities.chat?.models).toEqual([{ id: 'a' }, { id: 'b', context_length: 8192 }]);
  });

  it.each([
    ['[\n  {"slug": "a",}\n]', 2, 16, 'a comma too many'],
    ["[\n  {'slug': 1}\n]", 2, 4, 'in double quotes'],
    ['[\n  {"slug": tru}\n]', 2, 12, 'not a JSON value'],
    ['[\n  {"slug": "a}\n]', 2, 12, 'never ends'],
    ['[{}', 1, 4, 'is expected'],
    ['[1] x', 1, 5, 'nothing may follow'],
    ['', 1, 1, 'ends too early'],
    ['['.repeat(100_000), 1, 42, 'nesting'],
  ])('names line and column of malformed JSON %#', (text, line, column, message) => {
    const problems = problemsOf(text);
    expect(problems).toEqual([{ line, column, field: '', message: expect.stringContaining(message) }]);
  });

  it('collects every problem with its line, column and field, in the order of the text', () => {
    const text = `[
  { "slug": "a", "name": "A", "api_base_url": "https://a.test" },
  {
    "slug": "Bad Slug",
    "nmae": "B",
    "api_base_url": "api.b.test",
    "is_active": "yes",
    "capabilities": { "chatt": { "supported": true } },
    "config": { "max_retry": 2.5, "wire": { "headers": { "Host": "x" } } }
  },
  { "slug": "a", "name": "C", "api_base_url": "https://c.test" }
]`;
    const problems = problemsOf(text);
    expect(problems.map(({ line, column, field }) => [line, column, field])).toEqual([
      [3, 3, '[1].name'],
      [4, 13, '[1].slug'],
      [5, 13, '[1].nmae'],
      [6, 21, '[1].api_base_url'],
      [7, 18, '[1].is_active'],
      [8, 32, '[1].capabilities.chatt'],
      [9, 30, '[1].config.max_retry'],
      [9, 66, '[1].config.wire.headers.Host'],
      [11, 13, '[2].slug'],
    ]);
    expect(problems[0]?.message).toBe('is required');
    expect(problems[2]?.message).toContain('there are: slug, name');
    expect(problems[5]?.message).toContain('chat, content, image, audio');
    expect(problems[8]?.message).toContain('on line 2 and again on line 11');
  });

  it('has a message that can be printed', () => {
    expect(() => parseProviderFile('[\n {"slug": 1, "name": "A", "api_base_url": "https://a.test"}]')).toThrow(
      /nothing was imported\.\n {2}line 2, column 11, \[0\]\.slug: /,
    );
  });

  it('refuses what is no list, unknown fields of the document, and fields given twice', () => {
    expect(problemsOf('{"provider": []}')[0]?.message).toContain('takes a list of providers');
    expect(problemsOf('{"providers": [], "version": 1}')[0]).toMatchObject({ field: 'version' });
    expect(problemsOf(`[{"slug":"a","slug":"b","name":"A","api_base_url":"https://a.test"}]`)[0]).toMatchObject({
      field: '[0].slug',
      message: expect.stringContaining('twice'),
    });
    expect(problemsWith(JSON.parse('{"__proto__": {"is_active": false}}') as object)).toEqual([
      expect.stringContaining('[0].__proto__: is not a known field'),
    ]);
  });

  it.each([
    ['http://', 'user:pass@a.test'],
    ['https://', 'a.test/v1?key=1'],
    ['https://', 'a.test/#x'],
    ['https://', '{account}.a.test'],
    ['ftp://', 'a.test'],
    ['https://', ''],
  ])('refuses the base URL %s%s', (scheme, rest) => {
    expect(problemsWith({ api_base_url: `${scheme}${rest}` })).toEqual([
      expect.stringMatching(/^\[0\]\.api_base_url: takes an absolute URL/),
    ]);
  });

  it.each([
    ['Authorization', 'x'],
    ['Host', 'x'],
    ['Cookie', 'x'],
    ['Proxy-Authorization', 'x'],
    ['Proxy-Connection', 'x'],
    ['X-Forwarded-For', '127.0.0.1'],
    ['Connection', 'close'],
    ['Transfer-Encoding', 'chunked'],
    ['X-Api-Key', 'x'],
    ['X Space', 'x'],
    ['X-Title', 'a\r\nHost: b'],
    ['X-Title', 1],
  ])('refuses the fixed header %s: %j', (name, value) => {
    expect(problemsWith({ config: { wire: { headers: { [name]: value } } } })).toHaveLength(1);
  });

  it('accepts harmless fixed headers and a key header of its own', () => {
    const wire = { headers: { 'X-Title': 'Switchboard' }, auth: { type: 'header', name: 'x-api-key' } };
    expect(problemsWith({ config: { wire } })).toEqual([]);
  });

  it.each([
    [{ type: 'header' }, 'name: is required'],
    [{ type: 'header', name: 'Authorization' }, 'bearer'],
    [{ type: 'header', name: 'Host' }, 'sets itself'],
    [{ type: 'bearer', name: 'x' }, 'goes with'],
    [{ type: 'basic' }, 'must be one of'],
  ])('refuses the auth %j', (auth, message) => {
    expect(problemsWith({ config: { wire: { auth } } })[0]).toContain(message);
  });

  it.each(['chat/completions', '/../admin', '//evil.test/x', '/a b', 'https://evil.test'])(
    'refuses the path %s',
    (path) => {
      expect(problemsWith({ config: { wire: { chat_path: path, models_path: path } } })).toHaveLength(2);
    },
  );

  it.each(['DATABASE_URL', 'SWITCHBOARD_KEYS', 'AWS_SECRET_ACCESS_KEY', 'ADMIN_TOKEN', 'PATH', 'a_key', '1_KEY'])(
    'refuses %s as the variable of a vendor key',
    (env_key) => {
      expect(problemsWith({ env_key })[0]).toMatch(/^\[0\]\.env_key: takes the name/);
    },
  );

  it('answers fast for long input', () => {
    const long = 'a'.repeat(100_000);
    const started = performance.now();
    const wire = { chat_path: `/${long}`, models_path: `/${long}?`, headers: { [long]: long } };
    expect(
      problemsWith({ slug: long, api_base_url: `https://${long}`, env_key: long, config: { wire } }).length,
    ).toBeGreaterThan(5);
    expect(performance.now() - started).toBeLessThan(5_000);
  });
});

describe('provider over the API', () => {
  it('reports problems as fields of the body', () => {
    const caught = (() => {
      try {
        parseProviderEntry({ slug: 'a', api_base_url: 'x', config: { wire: { chat_path: 1 } } });
      } catch (error) {
        return error;
      }
      return undefined;
    })();
    expect(caught).toBeInstanceOf(SwitchboardError);
    expect((caught as SwitchboardError).code).toBe('validation_failed');
    expect((caught as SwitchboardError).errors.map(({ field }) => field)).toEqual([
      'name',
      'api_base_url',
      'config.wire.chat_path',
    ]);
  });

  it('never takes a variable of our process for a key', () => {
    expect(() => parseProviderEntry({ ...MINIMAL, env_key: 'OPENAI_API_KEY' })).toThrow(/env_key: comes from/);
    expect(() => parseProviderPatch({ env_key: 'OPENAI_API_KEY' })).toThrow(/env_key: comes from/);
  });

  it('checks a change without asking for what is not given', () => {
    expect(parseProviderPatch({ is_active: false, config: { timeout: null } })).toEqual({
      is_active: false,
      config: { timeout: null },
    });
    expect(() => parseProviderPatch({ name: '' })).toThrow(SwitchboardError);
    expect(() => parseProviderPatch({ slug: null })).toThrow(SwitchboardError);
    expect(() => parseProviderPatch([])).toThrow(SwitchboardError);
  });
});

describe('profile', () => {
  it('is OpenAI itself for a row that declares nothing', () => {
    const profile = profileOf(parseProviderEntry(MINIMAL));
    expect(profile.config).toEqual({
      supportsStreaming: true,
      maxRetry: 2,
      timeout: 120,
      catalogBaseUrl: null,
      wire: defaultWire,
    });
    expect(profile.capabilities.chat).toEqual({
      supported: true,
      hasDynamicModels: true,
      description: null,
      models: [],
    });
  });

  it('carries what the row declares, from entries and from rows alike', () => {
    const { api_base_url, ...entry } = parseProviderEntry({
      ...MINIMAL,
      config: { timeout: 5, wire: { auth: { type: 'none' }, models_field: '', speech_voice: 'tara' } },
    });
    const profile = profileOf({ ...entry, apiBaseUrl: api_base_url });
    expect(profile.apiBaseUrl).toBe('https://api.acme.test/v1');
    expect(profile.config.timeout).toBe(5);
    expect(profile.config.wire).toEqual({
      ...defaultWire,
      auth: { type: 'none' },
      modelsField: '',
      speechVoice: 'tara',
    });
  });
});
