import { execFile } from 'node:child_process';
import { globSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import ts from 'typescript';
import { parseProviderFile } from '../src/providers/index.js';
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
/** The README's commands want a person's password, and its excerpts of code lack their imports. */
const isRun = ({ file, language, text }: Snippet) =>
  file !== 'README.md' || (language !== 'sh' && (language !== 'ts' || text.startsWith('import')));
const of = (language: string) => snippets.filter((snippet) => snippet.language === language && isRun(snippet));
const nameOf = ({ file, line }: Snippet) => `${file}:${line}`;

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
    for (const snippet of of('sh').filter(({ flags }) => !flags.includes('no-run'))) {
      const env = { PATH: process.env['PATH'] ?? '', URL: url, TOKEN: ADMIN_TOKEN };
      await run('sh', ['-e', '-c', snippet.text], { env, timeout: 30_000 }).catch((error: Error) =>
        failures.push(`${nameOf(snippet)}: ${error.message}`),
      );
    }
    expect(failures).toEqual([]);
  });

  it('names npm scripts and commands that exist', () => {
    const { scripts } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as {
      scripts: Record<string, string>;
    };
    const cli = globSync('src/cli/*.command.ts', { cwd: ROOT })
      .map((file) => readFileSync(join(ROOT, file), 'utf8'))
      .join('\n');
    const pages = globSync('docs/*.md', { cwd: ROOT })
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
