import { invalidField } from '../core/errors/index.js';

/** @throws SwitchboardError `validation_failed` for what cannot be a credential, before anything changes */
export function checkedCredential(text: string): string {
  const secret = text.trim();
  if (secret === '') throw invalidField('api_key', 'must not be empty');
  if (/[\s\p{Cc}]/u.test(secret))
    throw invalidField('api_key', 'must be one line without spaces; copy it again from the provider');
  if (!/^[\x21-\x7e]+$/.test(secret))
    throw invalidField('api_key', 'holds characters that no key has; it looks masked or mistyped');
  return secret;
}
