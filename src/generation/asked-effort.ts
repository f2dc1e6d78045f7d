type JsonObject = Readonly<Record<string, unknown>>;

/** Tokens that models think at most for an effort, as Google's OpenAI-compatible surface sets them for its own. */
const EFFORT_TOKENS: Readonly<Record<string, number>> = { high: 8_192, xhigh: 24_576, max: 24_576 };
/** Tokens of a picture of the best quality, of the largest size, where pictures are charged by tokens (gpt-image-1). */
const BEST_PICTURE_TOKENS = 6_240;

/**
 * How much thinking a request asks for, in whatever words vendors have for it; undefined where it asks for nothing out
 * of the ordinary. So that a reservation holds for calls that are dear on purpose.
 */
export function thinkingTokensOf({ reasoning_effort: plain, reasoning, thinking, output_config: output }: JsonObject) {
  if (plain === undefined && reasoning === undefined && thinking === undefined && output === undefined)
    return undefined;
  const efforts = [plain, fieldOf(reasoning, 'effort'), fieldOf(output, 'effort')];
  const budgets = [fieldOf(thinking, 'budget_tokens'), fieldOf(reasoning, 'max_tokens')];
  const tokens = Math.max(
    0,
    ...efforts.map((effort) =>
      typeof effort === 'string' ? ((Object.hasOwn(EFFORT_TOKENS, effort) ? EFFORT_TOKENS[effort] : 0) ?? 0) : 0,
    ),
    ...budgets.map((budget) => (typeof budget === 'number' && budget > 0 ? Math.min(budget, 1_000_000) : 0)),
  );
  return tokens === 0 ? undefined : tokens;
}

/** Tokens that so many pictures of the best quality take; undefined for any other quality. */
export function pictureTokensOf(quality: unknown, count: number): number | undefined {
  return quality === 'high' || quality === 'hd' ? count * BEST_PICTURE_TOKENS : undefined;
}

function fieldOf(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? (value as JsonObject)[name] : undefined;
}
