/** A provider of OpenAI's dialect that takes its time, and fails where the prompt tells it to. */
import { createServer } from 'node:http';

const USAGE = { prompt_tokens: 20, completion_tokens: 40, total_tokens: 60 };
const PICTURE = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==';
const SOUND = Buffer.alloc(64 * 1024, 7);
const MARK = /soak-[0-9a-f-]{36}(?:-(\w+))?/;

/** @returns {Promise<{ port: number, arrivals: Map<string, () => void>, stop: () => Promise<void> }>} */
export async function startUpstream() {
  /** What to do when the request of an id arrives. */
  const arrivals = new Map();
  const server = createServer(async (request, response) => {
    const pieces = [];
    for await (const piece of request) pieces.push(piece);
    const body = Buffer.concat(pieces).toString();
    const [mark = '', fault] = MARK.exec(body) ?? [];
    arrivals.get(mark)?.();
    await pause(20 + Math.random() * 60);
    if (response.destroyed) return;
    if (fault === 'refused') return json(response, 503, { error: { message: 'overloaded' } });
    if (fault === 'reset') return response.socket?.destroy();
    if (request.url?.endsWith('/embeddings'))
      return json(response, 200, {
        object: 'list',
        data: [{ object: 'embedding', index: 0, embedding: [0.1, 0.2] }],
        usage: USAGE,
      });
    if (request.url?.endsWith('/images/generations'))
      return json(response, 200, { created: 1, data: [{ b64_json: PICTURE }] });
    if (request.url?.endsWith('/audio/speech'))
      return response.writeHead(200, { 'content-type': 'audio/mpeg' }).end(SOUND);
    if (JSON.parse(body).stream === true) return stream(response, fault);
    const message = { role: 'assistant', content: 'word '.repeat(40) };
    json(response, 200, {
      id: 'c',
      object: 'chat.completion',
      model: 'm',
      choices: [{ index: 0, message, finish_reason: 'stop' }],
      usage: USAGE,
    });
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  const stop = () => new Promise((resolve) => (server.closeAllConnections(), server.close(resolve)));
  return { port: server.address().port, arrivals, stop };
}

async function stream(response, fault) {
  response.writeHead(200, { 'content-type': 'text/event-stream' });
  for (let index = 0; index < 40 && !response.destroyed; index += 1) {
    response.write(chunk({ content: 'word ' }));
    if (fault === 'broken' && index === 20) return response.socket?.destroy();
    await pause(10);
  }
  response.write(chunk({}, 'stop'));
  response.end(
    `data: ${JSON.stringify({ id: 'c', object: 'chat.completion.chunk', choices: [], usage: USAGE })}\n\ndata: [DONE]\n\n`,
  );
}

const chunk = (delta, reason = null) =>
  `data: ${JSON.stringify({ id: 'c', object: 'chat.completion.chunk', model: 'm', choices: [{ index: 0, delta, finish_reason: reason }] })}\n\n`;

function json(response, status, body) {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}

const pause = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));
