import { connect, createServer, type Server, type Socket } from 'node:net';
import { freePort } from './postgres.js';

/** A TCP relay that can be cut and mended: the server behind it seems to be down, come back, or hang. */
export class SeverableProxy {
  private readonly sockets = new Set<Socket>();
  private server: Server | undefined;
  private isFrozen = false;

  private constructor(
    private readonly target: { readonly host: string; readonly port: number },
    readonly port: number,
  ) {}

  /** @param url of the server behind; the relay listens once `mend` was called */
  static async to(url: string): Promise<SeverableProxy> {
    const { hostname, port } = new URL(url);
    return new SeverableProxy({ host: hostname, port: Number(port) }, await freePort());
  }

  /** The URL of the server, through the relay. */
  through(url: string): string {
    const relayed = new URL(url);
    relayed.hostname = '127.0.0.1';
    relayed.port = String(this.port);
    return relayed.href;
  }

  /** Lets connections through. */
  async mend(): Promise<void> {
    this.isFrozen = false;
    for (const socket of this.sockets) socket.resume();
    if (this.server !== undefined) return;
    const server = createServer((socket) => this.relay(socket));
    this.server = server;
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject).listen(this.port, '127.0.0.1', resolve);
    });
  }

  /** Ends every connection and refuses new ones. */
  async cut(): Promise<void> {
    const { server } = this;
    this.server = undefined;
    for (const socket of this.sockets) socket.destroy();
    if (server !== undefined) await new Promise((resolve) => server.close(resolve));
  }

  /** Keeps connections open and moves nothing, until `mend`. */
  freeze(): void {
    this.isFrozen = true;
    for (const socket of this.sockets) socket.pause();
  }

  private relay(socket: Socket): void {
    const upstream = connect(this.target);
    for (const [from, to] of [
      [socket, upstream],
      [upstream, socket],
    ] as const) {
      this.sockets.add(from);
      from.on('data', (data) => to.write(data));
      from.on('error', () => to.destroy());
      from.on('close', () => {
        this.sockets.delete(from);
        to.destroy();
      });
      if (this.isFrozen) from.pause();
    }
  }
}
