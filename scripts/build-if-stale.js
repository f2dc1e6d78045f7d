// Builds when a source is newer than the build, so that `npm start` after a `git pull` runs what is checked out.
import { execSync } from 'node:child_process';
import { existsSync, globSync, statSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

export default function buildIfStale() {
  const built = existsSync('dist/main.js') ? statSync('dist/main.js').mtimeMs : 0;
  const sources = globSync(['src/**/*.ts', 'src/**/*.json', 'tsconfig*.json', 'nest-cli.json', '.swcrc']);
  if (sources.some((file) => statSync(file).mtimeMs > built)) execSync('npm run build', { stdio: 'inherit' });
}

if (process.argv[1] === fileURLToPath(import.meta.url)) buildIfStale();
