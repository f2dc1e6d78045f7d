import { execFile, spawn } from 'node:child_process';
import { globSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import ts from 'typescript';
import { parseProviderFile } from '../src/providers/index.js';
import { startOpenAiUpstream } from './support/openai-upstream.js';
import { ADMIN_TOKEN, TestServer } from './support/test-server.js';

const ROOT = fileURLToPath(new URL('../', import.meta.url));
const run = promisify(execFile);

interface Snippet {
  readonly file: string;
  readonly line: number;
  readonly language: string;
  readonly flags: string;
  readonly text: string;
}

const snippets: readonly Snippet[] = ['README.md', ...globSync('docs/*.md', { cwd: ROOT })].sort().flatMap((file) => {
  const text = readFileSync(join(ROOT, file), 'utf8');
  return [...text.matchAll(/^```(\w+)(.*)\n([\s\S]*?)^```$/gm)].map((match) => ({
    file,
    line: text.slice(0, match.index).split('\n').length,
    language: match[1] ?? '',
    flags: match[2] ?? '',
    text: match[3] ?? '',
  }));
});
/** A command that cannot be run here says why in its fence. */
const reasonOf = ({ flags }: Snippet) => /no-run: (.+)/.exec(flags)?.[1];
const of = (language: string) =>
  snippets.filter((snippet) => snippet.language === language && !snippet.flags.includes('no-run'));
const nameOf = ({ file, line }: Snippet) => `${file}:${line}`;

/** Runs commands as a person types them; the first one that fails is the last. */
async function obey(commands: string, variables: Record<string, string>, cwd = tmpdir()): Promise<string> {
  const env = { PATH: process.env['PATH'] ?? '', ...variables };
  const done = run('sh', ['-e', '-c', commands], { env, cwd, timeout: 60_000 });
  return (
    await done.catch((error: Error & { stdout?: string }) => {
      throw new Error(`${error.message}\n${error.stdout}`, { cause: error });
    })
  ).stdout;
}

describe('the documentation', () => {
  let server: TestServer;
  let url: string;
  beforeAll(async () => {
    server = await TestServer.start();
    url = await server.listen();
  });
  afterAll(() => server.stop());

  it('has snippets of every kind', () => {
    for (const language of ['sh', 'ts', 'json', 'mermaid'])
      expect([language, of(language).length > 0]).toEqual([language, true]);
  });

  it('tells commands that a real server obeys, in the order of each page', async () => {
    const failures: string[] = [];
    for (const snippet of of('sh').filter(({ file }) => file !== 'README.md'))
      await obey(snippet.text, { URL: url, TOKEN: ADMIN_TOKEN }).catch((error: Error) =>
        failures.push(`${nameOf(snippet)}: ${error.message}`),
      );
    expect(failures).toEqual([]);
  });

  it('tells five minutes with curl that go as they are told, from the sign-in to the costs', async () => {
    const upstream = await startOpenAiUpstream();
    const modalities = { input_modalities: ['text'], output_modalities: ['text'] };
    const pricing = { prompt: '0.000001', completion: '0.000002' };
    upstream.models = [
      { id: 'openai/gpt-5.6-luna', name: 'GPT Luna', context_length: 8000, architecture: modalities, pricing },
    ];
    const password = 'correct horse battery staple';
    const fresh = await TestServer.start({
      SUPERADMIN_EMAIL: 'admin@switchboard.local',
      SUPERADMIN_PASSWORD: password,
      ALLOW_PRIVATE_UPSTREAMS: `127.0.0.1:${upstream.port}`,
    });
    const folder = mkdtempSync(join(tmpdir(), 'switchboard-readme-'));
    try {
      const address = await fresh.listen();
      // The one thing that is not as it is told: the vendor is here.
      await fresh.call('PATCH', '/api/admin/ai-providers/openrouter', { api_base_url: upstream.url });
      const { body: me } = await fresh.call<{ data: { id: string }[] }>('GET', '/api/admin/admins');
      const ID = me.data[0]?.id ?? '';
      const told = of('sh').filter(({ file }) => file === 'README.md');
      expect(told.map(({ text }) => text.split('\n').length > 2)).toEqual([true, true]);
      const output: string[] = [];
      for (const { text } of told) {
        const filled = text
          .replace('http://127.0.0.1:3000', address)
          .replace('"password":"…"', `"password":"${password}"`)
          .replace('sk-or-…', 'sk-or-shared-key-0001')
          .replaceAll(/\bcurl /g, 'curl -sS --fail-with-body ');
        output.push(await obey(filled, { URL: address, TOKEN: ADMIN_TOKEN, ID }, folder));
      }
      expect(output[0]).toContain('"valid":true');
      expect(output[0]).toContain('openai/gpt-5.6-luna');
      expect(output[0]).toContain('event: done');
      expect(upstream.calls.at(-1)?.key).toBe('sk-or-shared-key-0001');
      expect(output[1]).toContain('"monthly_limit":1000');
    } finally {
      await fresh.stop();
      await upstream.stop();
      rmSync(folder, { recursive: true, force: true });
    }
  });

  it('tells how to start it, and so it starts', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'switchboard-start-'));
    const env = {
      PATH: process.env['PATH'] ?? '',
      HOME: folder,
      PORT: '0',
      DATA_DIR: join(folder, 'data'),
      CRON: 'false',
    };
    const npm = spawn('npm', ['start'], { cwd: ROOT, env, detached: true, stdio: ['ignore', 'pipe', 'ignore'] });
    const ended = new Promise((resolve) => npm.once('exit', resolve));
    let output = '';
    npm.stdout.on('data', (text: Buffer) => (output += text.toString()));
    try {
      const deadline = performance.now() + 100_000;
      while (!output.includes('First superadmin:')) {
        if (npm.exitCode !== null || performance.now() > deadline) throw new Error(`It did not start: ${output}`);
        await new Promise((resolve) => setTimeout(resolve, 50));
      }
      const address = /ready at (\S+)/.exec(output)?.[1] ?? '';
      expect((await fetch(`${address}/health/ready`)).status).toBe(200);
    } finally {
      if (npm.exitCode === null) process.kill(-(npm.pid ?? 0), 'SIGTERM'); // as a terminal does: all of the group
      await ended;
      rmSync(folder, { recursive: true, force: true });
    }
  });

  for (const snippet of snippets.filter(({ flags }) => flags.includes('no-run')))
    it.skip(`${nameOf(snippet)} ${snippet.text.trim().split('\n').join('; ')} (not run: ${reasonOf(snippet)})`, () =>
      undefined);

  it('says why a command is not run', () => {
    const silent = snippets.filter((snippet) => snippet.flags.includes('no-run') && reasonOf(snippet) === undefined);
    expect(silent.map(nameOf)).toEqual([]);
    const shells = snippets.filter(({ language }) => /^(?:bash|console|shell|zsh)$/.test(language));
    expect(shells.map(nameOf)).toEqual([]); // only `sh` is run
  });

  it('names npm scripts and commands that exist', () => {
    const { scripts } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as {
      scripts: Record<string, string>;
    };
    const cli = globSync('src/cli/*.command.ts', { cwd: ROOT })
      .map((file) => readFileSync(join(ROOT, file), 'utf8'))
      .join('\n');
    const pages = ['README.md', ...globSync('docs/*.md', { cwd: ROOT })]
      .map((file) => readFileSync(join(ROOT, file), 'utf8'))
      .join('\n');
    const named = [...pages.matchAll(/npm run ([\w:]+)(?: -- (\w+))?/g)];
    expect(named.filter(([, script = '']) => !(script in scripts)).map(([text]) => text)).toEqual([]);
    expect(
      named.filter(([, , command]) => command !== undefined && !cli.includes(`'${command}`)).map(([text]) => text),
    ).toEqual([]);
  });

  it('shows TypeScript that compiles against the published surface', () => {
    const folder = mkdtempSync(join(ROOT, 'test/host/fixture/snippets-'));
    try {
      const files = of('ts').map((snippet, index) => {
        const file = join(folder, `snippet-${index}.ts`);
        writeFileSync(file, `${snippet.text}\nexport {};\n`);
        return file;
      });
      const config = join(ROOT, 'test/host/fixture/tsconfig.json');
      const { options } = ts.parseJsonConfigFileContent(
        ts.readConfigFile(config, (path) => ts.sys.readFile(path)).config,
        ts.sys,
        join(ROOT, 'test/host/fixture'),
      );
      const program = ts.createProgram(files, options);
      const problems = files.flatMap((file, index) =>
        ts
          .getPreEmitDiagnostics(program, program.getSourceFile(file))
          .map(
            ({ messageText }) =>
              `${nameOf(of('ts')[index] as Snippet)}: ${ts.flattenDiagnosticMessageText(messageText, ' ')}`,
          ),
      );
      expect(problems).toEqual([]);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  }, 120_000);

  it('shows provider files that can be imported', () => {
    for (const { text } of of('json')) expect(parseProviderFile(text).length).toBeGreaterThan(0);
  });

  it('shows the problem document that the server answers', async () => {
    const [{ text = '' } = {}] = of('jsonc');
    const shown = JSON.parse(text.replace(/,(\s*})/g, '$1')) as Record<string, unknown>;
    const answer = await fetch(`${url}${String(shown['instance'])}`, {
      method: 'POST',
      headers: { authorization: `Bearer ${ADMIN_TOKEN}`, 'content-type': 'application/json' },
      body: JSON.stringify({ provider: 'sandbox', capability: 'chat', model_id: 'x/y' }),
    });
    const real = (await answer.json()) as Record<string, unknown>;
    for (const name of ['type', 'title', 'status', 'code', 'detail', 'instance'])
      expect({ [name]: real[name] }).toEqual({ [name]: shown[name] });
    expect(Object.keys(real).sort()).toEqual(Object.keys(shown).sort());
  });

  it('draws the picture that the architecture spec enforces', () => {
    const rules = readFileSync(join(ROOT, 'test/architecture.spec.ts'), 'utf8');
    const [, matrix = ''] = /MAY_IMPORT[^{]*\{([\s\S]*?)\n\};/.exec(rules) ?? [];
    const enforced = [...matrix.matchAll(/^ {2}(\w+): \[([^\]]*)\]/gm)]
      .filter(([, folder]) => !['migrations', 'testing', 'cli', 'client'].includes(folder ?? ''))
      .flatMap(([, folder, targets = '']) =>
        [...targets.matchAll(/'(\w+)'/g)].map(([, target]) => `${folder} --> ${target}`),
      );
    const drawn = [...(of('mermaid')[0]?.text ?? '').matchAll(/^\s*(\w+ --> \w+)$/gm)].map(([, arrow]) => arrow);
    expect(drawn.sort()).toEqual(enforced.sort());
  });
});
