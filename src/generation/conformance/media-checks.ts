import { audioDuration, audioMime } from '../audio/index.js';
import { processImage } from '../image/index.js';
import { type ConformanceCheck, Imperfect, modelFor, Skipped } from './conformance-check.js';

export const checkList: ConformanceCheck = async ({ provider, strategy, call }) => {
  const isDynamic = Object.values(provider.profile.capabilities).some((one) => one.hasDynamicModels);
  if (strategy.listModels === undefined || !isDynamic) throw new Skipped('its models are a static list');
  const { models, skipped } = await strategy.listModels(call());
  if (models.length === 0) throw new Error('the list is empty');
  const able = models.filter(({ capabilities }) => capabilities.length > 0).length;
  const seen = `${String(models.length)} models, ${String(able)} of them of use here`;
  if (skipped > 0) throw new Imperfect(`${seen}, ${String(skipped)} not understood`);
  return seen;
};

export const checkImage: ConformanceCheck = async (bench) => {
  const { strategy } = bench;
  if (strategy.image === undefined) throw new Skipped('it makes no pictures');
  const model = modelFor(bench, 'image');
  const { images } = await strategy.image(bench.call(), { model, prompt: 'A small blue circle', count: 1 });
  const [first] = images;
  if (first === undefined) throw new Error('no picture came');
  const { mime, width, height } = await processImage(first.bytes);
  return `${mime}, ${String(width)}x${String(height)}`;
};

export const checkSpeech: ConformanceCheck = async (bench) => {
  const { strategy } = bench;
  if (strategy.speech === undefined) throw new Skipped('it does not speak');
  const model = modelFor(bench, 'speech');
  const { mime, audio } = await strategy.speech(bench.call(), { model, text: 'Good morning.' });
  const pieces: Uint8Array[] = [];
  for await (const piece of audio) pieces.push(piece);
  const bytes = Buffer.concat(pieces);
  if (bytes.length === 0) throw new Error('no sound came');
  const type = await audioMime(bytes, mime);
  const seconds = audioDuration(bytes, type);
  return `${type}, ${seconds === null ? `${String(bytes.length)} bytes` : `${seconds.toFixed(1)} s`}`;
};
