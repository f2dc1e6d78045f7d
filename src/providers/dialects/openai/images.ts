import type {
  GeneratedImage,
  ImageRequest,
  ImageResult,
  ProviderCall,
  ProviderStrategy,
} from '../../contract/index.js';
import { fieldsOf } from '../../upstream/index.js';
import { calling } from '../calling.js';
import { postJson } from './client.js';
import { sizeParameters } from './image-size.js';
import { nonsense, parseAnswer, type Reading } from './json.js';
import { tokenUsageOf } from './token-usage.js';

/**
 * `POST /images/generations` and its relatives, as a strategy's `image` method: `readonly image = openAiImage`.
 * Understands base64, `data:` URLs, links and bare image bytes as answers.
 */
export async function openAiImage(
  this: ProviderStrategy,
  call: ProviderCall,
  request: ImageRequest,
): Promise<ImageResult> {
  return requestImages({ call, strategy: this }, imageBody(call, request));
}

/** The JSON of an image request by the wire profile. */
export function imageBody(call: ProviderCall, request: ImageRequest): Record<string, unknown> {
  const { wire } = call.provider.config;
  return {
    model: request.model,
    prompt: request.prompt,
    n: request.count,
    ...sizeParameters(request, wire.imageSize),
    ...(request.quality === undefined ? {} : { quality: request.quality }),
    ...(wire.imageResponseFormat === null ? {} : { response_format: wire.imageResponseFormat }),
  };
}

/** Sends an image request and reads the pictures out of whatever comes back. */
export async function requestImages(reading: Reading, body: Record<string, unknown>): Promise<ImageResult> {
  const { call } = reading;
  const response = await postJson(call, call.provider.config.wire.imagePath, body);
  const bytes = Buffer.from(await calling(() => response.arrayBuffer(), call.signal));
  const type = response.headers.get('content-type') ?? '';
  if (type.startsWith('image/') && bytes.length > 0) return { images: [{ bytes }], usage: null };
  const json = fieldsOf(parseAnswer(reading, bytes.toString('utf8')));
  const rows = json.data ?? json.images;
  const pictures = Array.isArray(rows) ? (rows as unknown[]) : [];
  const images = await Promise.all(pictures.map((picture) => imageOf(reading, picture)));
  if (images.length === 0) throw nonsense(reading, 'answered without a picture.');
  return { images, usage: tokenUsageOf(json.usage) };
}

/** One picture of an answer: `b64_json`, a link under `url`, or the link or base64 itself. */
export async function imageOf(reading: Reading, picture: unknown): Promise<GeneratedImage> {
  const { b64_json: base64, url } = fieldsOf(picture);
  const given = [base64, url, picture].find((each) => typeof each === 'string' && each !== '');
  if (typeof given !== 'string') throw nonsense(reading, 'answered without a picture.');
  if (/^https?:/i.test(given)) return download(reading, given);
  const data = given.startsWith('data:') ? given.slice(given.indexOf(',') + 1) : given;
  const bytes = Buffer.from(data, 'base64');
  if (bytes.length === 0) throw nonsense(reading, 'sent an empty picture.');
  return { bytes };
}

/** Vendors' links are short-lived and often on another host: our key must not travel there. */
async function download(reading: Reading, url: string): Promise<GeneratedImage> {
  const { call } = reading;
  const body = await calling(async () => (await call.fetch(url, { signal: call.signal })).arrayBuffer(), call.signal);
  if (body.byteLength === 0) throw nonsense(reading, 'sent an empty picture.');
  return { bytes: Buffer.from(body) };
}
