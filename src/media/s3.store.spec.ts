import { describe, expect, it } from '@jest/globals';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { newId } from '../core/database/index.js';
import { type S3Sdk, S3Store } from './s3.store.js';

type Input = Readonly<Record<string, unknown>>;

class Command {
  constructor(readonly input: Input) {}
}

/** A bucket behind the SDK's interface: the edge to the network. Every request waits for `fails` first. */
function emulatedSdk(fails: () => Error | null = () => null) {
  const objects = new Map<string, Buffer>();
  const configs: Input[] = [];
  const missing = () => Object.assign(new Error('missing'), { name: 'NoSuchKey', $metadata: { httpStatusCode: 404 } });
  const make = (run: (input: Input) => Input) =>
    class extends Command {
      run = () => run(this.input);
    };
  const found = (input: Input) => {
    const bytes = objects.get(String(input['Key']));
    if (!bytes || input['Bucket'] !== 'pictures') throw missing();
    return bytes;
  };
  const sdk: S3Sdk = {
    S3Client: class {
      constructor(config: Input) {
        configs.push(config);
      }
      async send(command: object): Promise<Input> {
        const failure = fails();
        if (failure) throw failure;
        return (command as { run(): Input }).run();
      }
    },
    PutObjectCommand: make((input) => {
      objects.set(String(input['Key']), Buffer.from(input['Body'] as Buffer));
      return {};
    }),
    GetObjectCommand: make((input) => {
      const [, first, last] = /^bytes=(\d+)-(\d+)$/.exec((input['Range'] as string | undefined) ?? '') ?? [];
      const bytes = found(input);
      return { Body: Readable.from([first ? bytes.subarray(Number(first), Number(last) + 1) : bytes]) };
    }),
    HeadObjectCommand: make((input) => ({ ContentLength: found(input).length })),
    DeleteObjectCommand: make((input) => ({ deleted: objects.delete(String(input['Key'])) })),
    ListObjectsV2Command: make((input) => {
      const keys = [...objects.keys()].sort();
      const from = Number(input['ContinuationToken'] ?? 0);
      const next = from + 2 < keys.length ? { NextContinuationToken: String(from + 2) } : {};
      return { Contents: keys.slice(from, from + 2).map((Key) => ({ Key, LastModified: new Date(0) })), ...next };
    }),
  };
  return { sdk, objects, configs };
}

const SETTINGS = { bucket: 'pictures', region: '', endpoint: null, accessKeyId: 'id', secretAccessKey: 'shh' };
const key = () => `${newId()}.png`;

describe('the media bucket', () => {
  it('gives back what was put, whole and in part, and forgets what was deleted', async () => {
    const store = await S3Store.open(SETTINGS, async () => emulatedSdk().sdk);
    const name = key();
    expect(await store.put(name, Buffer.from('hello world'))).toBe(11);
    expect((await buffer((await store.get(name))!)).toString()).toBe('hello world');
    expect((await buffer((await store.get(name, { start: 6, end: 8 }))!)).toString()).toBe('wor');
    expect(await store.has(name)).toBe(true);
    await store.delete(name);
    expect([await store.get(name), await store.has(name)]).toEqual([null, false]);
  });

  it('lists every page, and only keys of ours', async () => {
    const { sdk, objects } = emulatedSdk();
    const store = await S3Store.open(SETTINGS, async () => sdk);
    const names = [key(), key(), key(), key(), key()].sort();
    for (const name of names) await store.put(name, Buffer.from('x'));
    objects.set('somebody/elses.txt', Buffer.from('x'));
    const found = [];
    for await (const file of store.list()) found.push(file.key);
    expect(found.sort()).toEqual(names);
  });

  it('addresses other S3 stores by path', async () => {
    const { sdk, configs } = emulatedSdk();
    await S3Store.open({ ...SETTINGS, endpoint: 'http://127.0.0.1:9000' }, async () => sdk);
    expect(configs[0]).toMatchObject({ endpoint: 'http://127.0.0.1:9000', forcePathStyle: true, region: 'us-east-1' });
  });

  it('says at boot what to install when the package is missing', async () => {
    const absent = () => Promise.reject(new Error('Cannot find package'));
    await expect(S3Store.open(SETTINGS, absent)).rejects.toThrow('npm install @aws-sdk/client-s3');
  });

  it('F36 reports an outage as unavailable, never as a missing file', async () => {
    const outage = Object.assign(new Error('slow down'), { name: 'SlowDown', $metadata: { httpStatusCode: 503 } });
    const store = await S3Store.open(SETTINGS, async () => emulatedSdk(() => outage).sdk);
    for (const tried of [store.put(key(), Buffer.from('x')), store.get(key()), store.has(key())])
      await expect(tried).rejects.toMatchObject({ code: 'service_unavailable' });
  });

  it('A75 stops at the cap, and A70 sends no foreign key', async () => {
    const { sdk, objects } = emulatedSdk();
    const store = await S3Store.open(SETTINGS, async () => sdk, 10);
    await expect(store.put(key(), Buffer.alloc(11))).rejects.toMatchObject({ code: 'upstream_bad_response' });
    await expect(store.put('../x', Buffer.alloc(1))).rejects.toThrow('Not a storage key');
    expect([await store.get('../x'), objects.size]).toEqual([null, 0]);
  });
});
