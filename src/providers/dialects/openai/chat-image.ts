import { SwitchboardError } from '../../../core/errors/index.js';
import type { ImageRequest, ImageResult, TokenUsage } from '../../contract/index.js';
import { fieldsOf } from '../../upstream/index.js';
import { postJson, textOf } from './client.js';
import { nearestRatio, wantedSize } from './image-size.js';
import { imageOf } from './images.js';
import { nonsense, parseAnswer, type Reading } from './json.js';
import { addUsage, tokenUsageOf } from './token-usage.js';

/**
 * Pictures through chat, as OpenRouter makes them: `modalities` in the request, `message.images` in the answer. There
 * is no `n` on this way, so that each picture is a request of its own.
 */
export async function requestChatImages(reading: Reading, request: ImageRequest): Promise<ImageResult> {
  const answers = await Promise.all(Array.from({ length: request.count }, () => onePicture(reading, request)));
  return { images: answers.flatMap(({ images }) => images), usage: sumOf(answers.map(({ usage }) => usage)) };
}

async function onePicture(reading: Reading, request: ImageRequest): Promise<ImageResult> {
  try {
    return await ask(reading, request, ['image', 'text']);
  } catch (error) {
    // Models that only paint refuse to be asked for text as well; their refusal costs nothing.
    if (!(error instanceof SwitchboardError) || !/output modalit/i.test(error.message)) throw error;
    return ask(reading, request, ['image']);
  }
}

async function ask(reading: Reading, request: ImageRequest, modalities: readonly string[]): Promise<ImageResult> {
  const { call } = reading;
  const wanted = wantedSize(request);
  const response = await postJson(call, call.provider.config.wire.chatPath, {
    model: request.model,
    messages: [{ role: 'user', content: request.prompt }],
    modalities,
    ...(wanted === undefined ? {} : { image_config: { aspect_ratio: nearestRatio(wanted) } }),
  });
  const json = fieldsOf(parseAnswer(reading, await textOf(call, response)));
  const images = await Promise.all(picturesIn(json).map((picture) => imageOf(reading, picture)));
  if (images.length === 0) throw nonsense(reading, 'answered without a picture.');
  return { images, usage: tokenUsageOf(json.usage) };
}

/** `message.images` of a chat answer, or `data` of an image answer. */
function picturesIn(json: Readonly<Record<string, unknown>>): unknown[] {
  if (Array.isArray(json.data)) return json.data as unknown[];
  const choices: unknown[] = Array.isArray(json.choices) ? json.choices : [];
  const { images } = fieldsOf(fieldsOf(choices[0]).message);
  return Array.isArray(images) ? images.map((each) => fieldsOf(each).image_url ?? (each as unknown)) : [];
}

function sumOf(usages: readonly (TokenUsage | null)[]): TokenUsage | null {
  const known = usages.filter((each) => each !== null);
  const [first, ...others] = known;
  return first === undefined || known.length < usages.length ? null : others.reduce(addUsage, first);
}
