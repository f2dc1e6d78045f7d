import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { parentPort, workerData } from 'node:worker_threads';

/** A vendor in a thread of its own: `/COUNT/v1/models` lists that many models, or hangs when told to. */
const real = workerData as { readonly openrouter: string | null };
const lists = new Map<string, string>();
let isHanging = false;

function listOf(count: number): string {
  const row = (index: number) => ({
    id: `vendor-${index % 40}/model-${index}-chat`,
    name: `Vendor ${index % 40}: Model ${index} Chat`,
    description: `Model ${index} answers questions. `.repeat(20),
    context_length: 8_000 + (index % 50) * 4_000,
    architecture: { input_modalities: ['text', 'image'], output_modalities: ['text'] },
    pricing: {
      prompt: (0.0000001 * (1 + (index % 90))).toFixed(9),
      completion: (0.0000004 * (1 + (index % 90))).toFixed(9),
    },
    top_provider: { max_completion_tokens: 4_096 },
    supported_parameters: ['temperature', 'top_p', 'tools', 'max_tokens', 'seed', 'stop'],
  });
  return JSON.stringify({ object: 'list', data: Array.from({ length: count }, (_, index) => row(index)) });
}

const server = createServer((request, response) => {
  if (isHanging) return;
  const count = request.url?.split('/')[1] ?? '0';
  const list =
    count === '414' && real.openrouter !== null ? real.openrouter : (lists.get(count) ?? listOf(Number(count)));
  lists.set(count, list);
  response.writeHead(200, { 'content-type': 'application/json' }).end(list);
});
server.listen(0, '127.0.0.1', () => parentPort?.postMessage((server.address() as AddressInfo).port));
parentPort?.on('message', (mode: string) => (isHanging = mode === 'hang'));
