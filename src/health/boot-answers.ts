import { createServer, type ServerResponse } from 'node:http';

const STARTING = { status: 'unavailable', checks: { server: 'starting' } };

/** Answers while the server still waits for its database: alive, not ready, and 503 for everything else. */
export interface BootAnswers {
  /** Frees the port for the server itself. */
  close(): Promise<void>;
}

/** @throws Error `EADDRINUSE` and the like, before any database was touched */
export async function openBootAnswers(port: number, host: string): Promise<BootAnswers> {
  const server = createServer((request, response) => {
    const isLive = request.url?.split('?', 1)[0] === '/health/live';
    answer(response, isLive ? 200 : 503, isLive ? { status: 'ok' } : STARTING);
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, resolve);
  });
  return {
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function answer(response: ServerResponse, status: number, body: object): void {
  response
    .writeHead(status, {
      'content-type': 'application/json; charset=utf-8',
      'cache-control': 'no-store',
      connection: 'close',
      ...(status === 503 && { 'retry-after': '1' }),
    })
    .end(JSON.stringify(body));
}
