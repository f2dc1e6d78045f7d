import { ValidateBy, type ValidationOptions } from 'class-validator';

/** Environment variables that configure the switchboard or its host: never sent to a vendor as a key. */
const OWN_VARIABLES = ['SWITCHBOARD_', 'SUPERADMIN_', 'ADMIN_', 'DATABASE_', 'REDIS_', 'MEDIA_', 'AWS_', 'OTEL_', 'PG'];
const ENV_KEY = /^[A-Z][A-Z0-9_]{2,99}$/;
const CREDENTIAL_ENDINGS = ['KEY', 'TOKEN', 'PAT'];
const SLUG = /^[a-z0-9][a-z0-9-]{0,62}$/;
const PATH = /^\/[A-Za-z0-9._~/-]{0,200}$/;
const LIST_PATH = /^\/[A-Za-z0-9._~/-]{0,200}(?:\?[A-Za-z0-9._~=&,%-]{1,200})?$/;

function rule(name: string, accepts: (value: unknown) => boolean, message: string) {
  return (options: ValidationOptions = {}): PropertyDecorator =>
    ValidateBy({ name, validator: { validate: accepts, defaultMessage: () => message } }, options);
}

function parsed(value: unknown): URL | null {
  return typeof value === 'string' && value.length <= 2000 && !/[\s{}]/.test(value) ? URL.parse(value) : null;
}

/** Lower-case letters, digits and hyphens: it stands in paths and in `provider/model_id`. */
export const IsSlug = rule(
  'isSlug',
  (value) => typeof value === 'string' && SLUG.test(value) && !value.endsWith('-'),
  'takes 1 to 63 lower-case letters, digits and hyphens, such as "my-provider"',
);

/** Scheme, host and path; no credentials, query, fragment or placeholder. Where it may lead is decided when calling. */
export const IsBaseUrl = rule(
  'isBaseUrl',
  (value) => {
    const url = parsed(value);
    if (url === null || !['https:', 'http:'].includes(url.protocol)) return false;
    return url.username === '' && url.password === '' && !/[?#]/.test(url.href);
  },
  'takes an absolute URL without credentials, query or placeholder, such as "https://api.example.com/v1"',
);

/** Text of 1 to `max` characters, blanks alone not counted as text. */
export const IsText = (max: number): PropertyDecorator =>
  rule(
    'isText',
    (value) => typeof value === 'string' && value.trim() !== '' && value.length <= max,
    `takes a text of 1 to ${max} characters`,
  )();

/** A link for people. */
export const IsLink = rule(
  'isLink',
  (value) => ['https:', 'http:'].includes(parsed(value)?.protocol ?? ''),
  'takes an absolute http(s) URL',
);

/** A path below the base URL. */
export const IsPath = rule(
  'isPath',
  (value) => typeof value === 'string' && PATH.test(value) && !value.includes('//') && !value.includes('..'),
  'takes a path that begins with "/", such as "/chat/completions"',
);

/** A path below the base URL, with a query if the list needs one. */
export const IsListPath = rule(
  'isListPath',
  (value) => typeof value === 'string' && LIST_PATH.test(value) && !value.includes('//') && !value.includes('..'),
  'takes a path that begins with "/", such as "/models" or "/models?type=all"',
);

/** The conventional environment variable of the vendor's key. */
export const IsEnvKey = rule(
  'isEnvKey',
  (value) =>
    typeof value === 'string' &&
    ENV_KEY.test(value) &&
    CREDENTIAL_ENDINGS.some((ending) => value.endsWith(ending)) &&
    !OWN_VARIABLES.some((prefix) => value.startsWith(prefix)),
  'takes the name of a vendor\'s environment variable, such as "EXAMPLE_API_KEY", never one of our own settings',
);
