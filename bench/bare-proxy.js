/** The measure of all: `node:http` and undici's dispatch, which parse nothing, know nobody and count nothing. */
import { createServer } from 'node:http';
import { Pool } from 'undici';

const pool = new Pool(process.argv[2]);
const server = createServer((request, response) => {
  const pieces = [];
  request.on('data', (piece) => pieces.push(piece));
  request.on('end', () => {
    pool.dispatch(
      {
        path: request.url,
        method: 'POST',
        headers: { 'content-type': 'application/json', authorization: 'Bearer x' },
        body: Buffer.concat(pieces),
      },
      {
        onRequestStart(controller) {
          this.controller = controller;
        },
        onResponseStart(_controller, status, headers) {
          response.writeHead(status, headers);
        },
        onResponseData(_controller, chunk) {
          if (response.write(chunk)) return;
          this.controller.pause();
          response.once('drain', () => this.controller.resume());
        },
        onResponseEnd() {
          response.end();
        },
        onResponseError() {
          response.destroy();
        },
      },
    );
  });
});
server.keepAliveTimeout = 60_000;
server.listen(0, '127.0.0.1', () => process.send({ port: server.address().port }));
