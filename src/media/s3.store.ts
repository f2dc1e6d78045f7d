import { Readable } from 'node:stream';
import type { MediaSettings } from '../core/config/index.js';
import {
  type ByteRange,
  capped,
  isStorageKey,
  MAX_MEDIA_BYTES,
  type MediaContent,
  type MediaStore,
  type StoredFile,
  storeFailure,
} from './media-store.js';

export type S3Settings = NonNullable<MediaSettings['s3']>;

type Command = new (input: Readonly<Record<string, unknown>>) => object;

/** The part of `@aws-sdk/client-s3` that we use. The package is optional, so its own types are not at hand. */
export interface S3Sdk {
  readonly S3Client: new (config: Readonly<Record<string, unknown>>) => {
    send(command: object): Promise<Readonly<Record<string, unknown>>>;
  };
  readonly PutObjectCommand: Command;
  readonly GetObjectCommand: Command;
  readonly HeadObjectCommand: Command;
  readonly DeleteObjectCommand: Command;
  readonly ListObjectsV2Command: Command;
}

/** Loads the optional package; the name is a value, so that the compiler and bundlers leave it alone. */
async function loadSdk(): Promise<S3Sdk> {
  const name = '@aws-sdk/client-s3';
  return (await import(name)) as S3Sdk;
}

/** Media in a bucket of S3 or of anything that speaks its protocol. Retries are the SDK's: three tries. */
export class S3Store implements MediaStore {
  private constructor(
    private readonly sdk: S3Sdk,
    private readonly client: InstanceType<S3Sdk['S3Client']>,
    private readonly bucket: string,
    private readonly maxBytes: number,
  ) {}

  /** @throws Error at boot, saying what to install, when the SDK is missing. */
  static async open(
    settings: S3Settings,
    load: () => Promise<S3Sdk> = loadSdk,
    maxBytes: number = MAX_MEDIA_BYTES,
  ): Promise<S3Store> {
    const sdk = await load().catch((error: unknown) => {
      throw new Error(
        'MEDIA_S3_BUCKET is set, but the package @aws-sdk/client-s3 cannot be loaded. Install it ' +
          '(npm install @aws-sdk/client-s3), or unset MEDIA_S3_BUCKET to keep media in a folder.',
        { cause: error },
      );
    });
    const client = new sdk.S3Client({
      // Stores beside Amazon's have no regions, but the signature wants a name.
      region: settings.region || 'us-east-1',
      ...(settings.endpoint === null ? {} : { endpoint: settings.endpoint, forcePathStyle: true }),
      credentials: { accessKeyId: settings.accessKeyId, secretAccessKey: settings.secretAccessKey },
      maxAttempts: 3,
    });
    return new S3Store(sdk, client, settings.bucket, maxBytes);
  }

  /** Gathers the content first: a put of unknown length is not in the protocol. */
  async put(key: string, content: MediaContent): Promise<number> {
    if (!isStorageKey(key)) throw new Error('Not a storage key.');
    try {
      const pieces: Uint8Array[] = [];
      for await (const piece of capped(content, this.maxBytes)) pieces.push(piece);
      const body = Buffer.concat(pieces);
      await this.send(this.sdk.PutObjectCommand, { Key: key, Body: body, ContentLength: body.length });
      return body.length;
    } catch (error) {
      throw storeFailure(error);
    }
  }

  async get(key: string, range?: ByteRange): Promise<Readable | null> {
    const wanted = range && { Range: `bytes=${String(range.start)}-${String(range.end)}` };
    const answer = await this.found(this.sdk.GetObjectCommand, key, wanted);
    return answer?.['Body'] instanceof Readable ? answer['Body'] : null;
  }

  async has(key: string): Promise<boolean> {
    return (await this.found(this.sdk.HeadObjectCommand, key)) !== null;
  }

  async delete(key: string): Promise<void> {
    await this.found(this.sdk.DeleteObjectCommand, key);
  }

  async *list(): AsyncGenerator<StoredFile> {
    let from: unknown;
    do {
      const page = await this.send(
        this.sdk.ListObjectsV2Command,
        from === undefined ? {} : { ContinuationToken: from },
      );
      const rows = Array.isArray(page['Contents']) ? (page['Contents'] as { Key?: string; LastModified?: Date }[]) : [];
      for (const { Key, LastModified } of rows)
        if (Key !== undefined && LastModified && isStorageKey(Key)) yield { key: Key, modifiedAt: LastModified };
      from = page['NextContinuationToken'];
    } while (from !== undefined);
  }

  private async found(
    command: Command,
    key: string,
    more: Readonly<Record<string, unknown>> = {},
  ): Promise<Readonly<Record<string, unknown>> | null> {
    if (!isStorageKey(key)) return null;
    try {
      return await this.send(command, { Key: key, ...more });
    } catch (error) {
      if (isMissing(error)) return null;
      throw storeFailure(error);
    }
  }

  private send(command: Command, input: Readonly<Record<string, unknown>>): Promise<Readonly<Record<string, unknown>>> {
    return this.client.send(new command({ Bucket: this.bucket, ...input }));
  }
}

function isMissing(error: unknown): boolean {
  const { name, $metadata } = error as { name?: string; $metadata?: { httpStatusCode?: number } };
  return name === 'NoSuchKey' || name === 'NotFound' || $metadata?.httpStatusCode === 404;
}
