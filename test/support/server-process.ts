import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Evidence } from './canary-scan.js';

/** Variables that hold secrets, which no process may print. */
const SECRET_VARIABLES = ['ADMIN_TOKEN', 'SWITCHBOARD_KEYS', 'SUPERADMIN_PASSWORD', 'OPENAI_API_KEY', 'GROQ_API_KEY'];

/** The built server as a process of its own, with nothing of this process's environment but the path. */
export class ServerProcess {
  private static readonly running = new Set<ServerProcess>();

  output = '';
  readonly exited: Promise<number | null>;
  private constructor(
    readonly child: ChildProcess,
    private readonly evidence: Evidence,
  ) {
    const collect = (chunk: Buffer) => (this.output += chunk.toString());
    child.stdout?.on('data', collect);
    child.stderr?.on('data', collect);
    this.exited = new Promise((resolve) =>
      child.once('exit', (code) => {
        ServerProcess.running.delete(this);
        resolve(code);
      }),
    );
    ServerProcess.running.add(this);
  }

  static start(
    variables: Readonly<Record<string, string>>,
    script = 'dist/main.js',
    args: readonly string[] = [],
  ): ServerProcess {
    const env = { PATH: process.env['PATH'] ?? '', HOME: tmpdir(), LOG_LEVEL: 'warn', ...variables };
    const evidence = new Evidence();
    for (const name of SECRET_VARIABLES)
      for (const secret of variables[name]?.split(',') ?? []) if (secret.length >= 8) evidence.plant(name, secret);
    const child = spawn(process.execPath, [script, ...args], { env, stdio: ['ignore', 'pipe', 'pipe'] });
    return new ServerProcess(child, evidence);
  }

  /** What it printed, without log lines. */
  lines(): string[] {
    return this.output.split('\n').filter((line) => line.trim() !== '' && !line.startsWith('{'));
  }

  /** Ends what a failed test left behind; for `afterEach`. */
  static async killAll(): Promise<void> {
    await Promise.all([...ServerProcess.running].map((server) => server.stop('SIGKILL')));
  }

  /** Resolves with the address when the server is ready. */
  async ready(milliseconds = 90_000): Promise<string> {
    const deadline = performance.now() + milliseconds;
    for (;;) {
      const address = /ready at (http:\/\/\S+)/.exec(this.output)?.[1];
      if (address !== undefined) return address;
      if (this.child.exitCode !== null || performance.now() > deadline) throw new Error(`Not ready: ${this.output}`);
      await new Promise((resolve) => setTimeout(resolve, 25));
    }
  }

  /** @throws Error when it printed a secret of its environment (A39) */
  async stop(signal: NodeJS.Signals = 'SIGTERM'): Promise<number | null> {
    this.child.kill(signal);
    const code = await this.exited;
    this.evidence.note('output', this.output);
    this.evidence.requireClean();
    return code;
  }
}

/** An empty folder, and how to get rid of it. */
export function temporaryFolder(): { path: string; remove(): void } {
  const path = mkdtempSync(join(tmpdir(), 'switchboard-'));
  return { path, remove: () => rmSync(path, { recursive: true, force: true }) };
}
