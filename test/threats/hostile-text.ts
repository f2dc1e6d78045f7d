/** Whoever builds SQL from these says so: by an error of the database, by rows that do not match, by a table gone. */
export const SQL_CORPUS: readonly string[] = [
  `'`,
  `''`,
  `"`,
  `\\'`,
  `x' or '1'='1`,
  `x') or ('1'='1' --`,
  `x" or ""="`,
  `x' union select null, null, version() --`,
  `'; drop table switchboard.injection_canary; --`,
  `'); delete from switchboard.injection_canary where (''='`,
  `1; drop table switchboard.injection_canary`,
  `' || (select string_agg(email, ',') from switchboard."user") || '`,
  `$1`,
  `?`,
  `:name`,
  `{"$ne": null}`,
  `$$;--`,
  `id`,
  `a\u0000b`,
  `\ud800`,
  `\ufeff\u202e\u200b`,
  `9999999999999999999999999`,
  `-1`,
  `NaN`,
  `null`,
  `00000000-0000-0000-0000-00000000000g`,
  `2026-02-31T00:00:00Z`,
  `2026-02-31`,
  `2026-13-01`,
  `0000-01-01`,
  `0000-01-01T00:00:00Z`,
  `2026-11-20T00:00:00+16:00`,
  `0001-01-01T00:00:00Z`,
  `9999-12-31T23:59:59+15:59`,
  `x'/**/or/**/1=1`,
  `__proto__`,
  '٣',
];

/** JSON where a text is expected. */
export const ODD_TYPES: readonly unknown[] = [
  null,
  true,
  0,
  -1.5,
  1e300,
  [],
  {},
  { $ne: null },
  { $like: '%' },
  ["' or 1=1 --"],
  [[null]],
  { toString: 'x', length: 3 },
];

const LENGTH = 100_000;

/** 100 kB each, of what makes a careless pattern try again and again. */
export const LONG_TEXTS: readonly string[] = [
  ' ',
  '\t\n',
  'a',
  '0',
  '1.',
  'a-',
  'a.',
  'a@',
  '/',
  ';',
  '<',
  '[',
  '{"a":',
  'https://a',
  '-1e',
  '%61',
  'ß',
].map((piece) => `a@${piece.repeat(LENGTH / piece.length)}\u0000!`);

/** What only a database says. Texts of ours never hold these words. */
const DATABASE_WORDS =
  /sqlstate|syntax error|\b(?:22|23|42)[0-9A-Z]\d{2}\b|violates \w+|invalid input syntax|invalid byte sequence|relation "|column "|out of range for type|date\/time field|DriverException|ConstraintViolation|\b(?:select|insert into|update|delete from)\s+["\w*]+.*\b(?:from|values|set|where)\b|switchboard\.\w+|node_modules|\.[jt]s:\d+/i;

/** The first words of a database or a stack in an answer, once what the caller had written himself is taken out. */
export function databaseWordsIn(answer: string, sent: readonly string[]): string | undefined {
  const own = sent.flatMap((text) => [
    text,
    quoted(text),
    quoted(JSON.stringify(text)),
    encodeURIComponent(wellFormed(text)),
  ]);
  const rest = own
    .filter((text) => text.length > 3)
    .sort((one, other) => other.length - one.length)
    .reduce((text, each) => text.replaceAll(each, ''), answer);
  return DATABASE_WORDS.exec(rest)?.[0];
}

/** As it stands inside of JSON. */
function quoted(text: string): string {
  return JSON.stringify(text).slice(1, -1);
}

/** What can stand in an address. */
export function wellFormed(text: string): string {
  return text.replace(/\p{Surrogate}/gu, '\ufffd');
}
