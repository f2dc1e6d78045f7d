import { describe, expect, it } from '@jest/globals';
import { type BodyParser, jsonBodyParser } from './json-body-parser.js';

describe('the parser of JSON bodies', () => {
  const parse = (text: string): unknown => {
    const careful: BodyParser<null, string> = (_request, body, done) => done(new Error(`careful: ${body}`));
    let outcome: unknown;
    jsonBodyParser(careful)(null, Buffer.from(text), (error, value) => (outcome = error?.message ?? value));
    return outcome;
  };

  it.each([['{"a":[1,"é\\n"]}'], ['[]'], ['"text"'], ['null'], ['0'], ['false']])('reads %s', (text) => {
    expect(parse(text)).toEqual(JSON.parse(text));
  });

  it.each([
    ['{"__proto__":{"isAdmin":true}}'],
    ['{"constructor":{"prototype":{}}}'],
    ['{"\\u005f_proto__":1}'],
    ['[{"a":[{"\\u0063onstructor":1}]}]'],
    ['{"a":'],
    [''],
    ['\uFEFF{}'],
  ])('leaves %s to the careful one', (text) => {
    expect(parse(text)).toBe(`careful: ${text}`);
  });
});
