const REPLACEMENT = '[redacted]';

/** Shapes of credentials as vendors issue them, masked echoes (`sk-ab***yz`) among them. */
const KEY_SHAPES: readonly RegExp[] = [
  /\b(?:sk|pk|rk|gsk|csk|xai|pplx|nvapi|fw|sb|tgp_v1|r8|hf|ghp|github_pat)(?:_|(?<!\bhf)-)[\w*.-]{8,200}/g,
  /\bAIza[\w*-]{10,100}/g,
  /\beyJ[\w-]{10,300}\.[\w-]{4,4000}(?:\.[\w-]{0,4000})?/g,
];
const BEARER = /\b(Bearer\s{1,4})(?=\S{0,200}\d)[\w.~+/=*-]{8,4000}/gi;
const QUERY_KEY = /([?&](?:key|api_?key|token|access_token)=)[^&\s"'<>]{1,4000}/gi;

/**
 * The text without anything that looks like a credential, and without `secrets` themselves, plain or URL-encoded.
 * Secrets shorter than six characters are left: replacing them would eat words.
 */
export function redact(text: string, secrets: readonly (string | null)[] = []): string {
  let clean = text;
  for (const secret of secrets) {
    if (secret === null || secret.length < 6) continue;
    clean = clean.replaceAll(secret, REPLACEMENT).replaceAll(encodeURIComponent(secret), REPLACEMENT);
  }
  for (const shape of KEY_SHAPES) clean = clean.replace(shape, REPLACEMENT);
  return clean.replace(BEARER, `$1${REPLACEMENT}`).replace(QUERY_KEY, `$1${REPLACEMENT}`);
}
