// Builds the admin panel when a source of it is newer than its build. Without its packages the API serves alone.
import { execSync } from 'node:child_process';
import { existsSync, globSync, statSync } from 'node:fs';

const sources = globSync([
  'panel/src/**/*',
  'panel/public/*',
  'panel/index.html',
  'panel/package.json',
  'openapi.json',
  'panel/*.{ts,js}',
]);
const built = existsSync('panel/dist/index.html') ? statSync('panel/dist/index.html').mtimeMs : 0;

if (!existsSync('node_modules/vite') && !existsSync('panel/node_modules/vite'))
  process.stderr.write('The packages of the panel are not installed (npm install); the server runs without it.\n');
else if (sources.some((file) => statSync(file).mtimeMs > built))
  execSync('npm run build --workspace switchboard-panel', { stdio: 'inherit' });
