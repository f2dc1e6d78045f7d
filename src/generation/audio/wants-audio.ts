/** Whether an `Accept` header asks for the sound itself, rather than for JSON about it. */
export function wantsAudio(accept: string | undefined): boolean {
  const wishes = (accept ?? '').toLowerCase().split(',').map(wishOf);
  const best = (matches: (type: string) => boolean) =>
    Math.max(0, ...wishes.filter(({ type }) => matches(type)).map(({ quality }) => quality));
  const audio = best((type) => type.startsWith('audio/'));
  return audio > 0 && audio >= best((type) => type === 'application/json');
}

function wishOf(text: string): { type: string; quality: number } {
  const [type = '', ...parameters] = text.split(';').map((part) => part.trim());
  const quality = parameters.find((parameter) => parameter.startsWith('q='))?.slice(2);
  return { type, quality: quality === undefined ? 1 : Number(quality) || 0 };
}
