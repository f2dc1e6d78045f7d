/** A fast stand-in for a provider: the scenario is the last segment of the model's name. */
import { createServer } from 'node:http';

const answer = {
  id: 'chatcmpl-bench',
  object: 'chat.completion',
  created: 1700000000,
  model: 'bench',
  choices: [{ index: 0, message: { role: 'assistant', content: 'word '.repeat(64).trim() }, finish_reason: 'stop' }],
  usage: { prompt_tokens: 20, completion_tokens: 64, total_tokens: 84 },
};
const JSON_BODY = Buffer.from(JSON.stringify(answer));
const IMAGE_BODY = Buffer.from(JSON.stringify({ created: 1, data: [{ b64_json: 'A'.repeat(1024 * 1024) }] }));
const AUDIO_BODY = Buffer.alloc(256 * 1024, 7);
const EVENTS = 100;
const chunk = (delta, finish = null) =>
  `data: ${JSON.stringify({
    id: 'chatcmpl-bench',
    object: 'chat.completion.chunk',
    created: 1700000000,
    model: 'bench',
    choices: [{ index: 0, delta, finish_reason: finish }],
  })}\n\n`;
const WORD = Buffer.from(chunk({ content: 'word ' }));
const LAST = Buffer.from(
  `${chunk({}, 'stop')}data: ${JSON.stringify({ id: 'x', object: 'chat.completion.chunk', choices: [], usage: answer.usage })}\n\ndata: [DONE]\n\n`,
);

const server = createServer((request, response) => {
  const pieces = [];
  request.on('data', (piece) => pieces.push(piece));
  request.on('end', () => {
    if (request.url.endsWith('/images/generations')) return whole(response, 'application/json', IMAGE_BODY);
    if (request.url.endsWith('/audio/speech')) return whole(response, 'audio/mpeg', AUDIO_BODY);
    const head = Buffer.concat(pieces.slice(0, 1)).toString('latin1', 0, 400);
    if (head.includes('"stream":true')) return stream(response, head.includes('paced') ? 20 : 0);
    return whole(response, 'application/json', JSON_BODY);
  });
});

function whole(response, type, body) {
  response.writeHead(200, { 'content-type': type, 'content-length': body.length });
  response.end(body);
}

/** Each event is a write of its own, as models send them. */
function stream(response, pauseMs) {
  response.writeHead(200, { 'content-type': 'text/event-stream' });
  let sent = 0;
  const next = () => {
    if (response.destroyed) return;
    if (sent++ < EVENTS) {
      response.write(WORD);
      if (pauseMs > 0) setTimeout(next, pauseMs);
      else setImmediate(next);
    } else response.end(LAST);
  };
  next();
}

server.keepAliveTimeout = 60_000;
server.listen(0, '127.0.0.1', () => process.send({ port: server.address().port }));
