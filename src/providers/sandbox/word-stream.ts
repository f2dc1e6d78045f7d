import { setTimeout } from 'node:timers/promises';

/** Milliseconds between two words. */
const WORD_PAUSE = 8;
/** At most so many pauses, so that an article streams as fast as a sentence. */
const MAX_PAUSES = 150;

/**
 * The text word by word at a readable pace; joined, the words are the text again.
 * @throws the signal's reason when it aborts
 */
export async function* words(text: string, signal: AbortSignal): AsyncGenerator<string> {
  const segments = Array.from(new Intl.Segmenter(undefined, { granularity: 'word' }).segment(text), (at) => at.segment);
  const between = Math.ceil(segments.length / MAX_PAUSES);
  for (const [index, segment] of segments.entries()) {
    if (index % between === 0 && index > 0) await setTimeout(WORD_PAUSE);
    signal.throwIfAborted();
    yield segment;
  }
}
