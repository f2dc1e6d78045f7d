import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { findMembers } from './json-members.js';
import { RequestBody } from './request-body.js';

const NAMES = new Set(['model', 'stream_options']);
const valuesOf = (text: string, name = 'model') => {
  const bytes = Buffer.from(text);
  return (findMembers(bytes, NAMES).get(name) ?? []).map(({ start, end }) => bytes.toString('utf8', start, end));
};
const bodyOf = (text: string) =>
  RequestBody.of({ method: 'POST', url: '/', headers: {}, body: JSON.parse(text), rawBody: Buffer.from(text) });

describe('members of a JSON object in its bytes', () => {
  it.each([
    ['{"model":"a"}', ['"a"']],
    ['\uFEFF { "x" : [1, {"model": "inner"}], "model" : "a/b" , "y": "\\"model\\":\\"z\\"" }', ['"a/b"']],
    ['{"model":"a","model":"b"}', ['"a"', '"b"']],
    ['{"mod\\u0065l":"a"}', ['"a"']],
    ['{"x":"a\\\\","model":"é\\"\\\\"}', ['"é\\"\\\\"']],
    ['{"x":"' + 'y\\"'.repeat(100) + '\\\\","model":3}', ['3']],
    ['{}', []],
  ])('are found in %s', (text, values) => {
    expect(valuesOf(text)).toEqual(values);
  });

  it('are those that JSON.parse finds, whatever stands around them', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue()), fc.string(), fc.nat(4), (rest, model, indent) => {
        const { model: _, ...others } = rest;
        const text = JSON.stringify({ ...others, model, z: others }, null, indent);
        expect(valuesOf(text).map((each) => JSON.parse(each) as unknown)).toEqual([model]);
        const spliced = bodyOf(text).withModel('other/"x', { include_usage: true }).toString('utf8');
        expect(JSON.parse(spliced)).toEqual({
          ...(JSON.parse(text) as object),
          model: 'other/"x',
          stream_options: { include_usage: true },
        });
      }),
    );
  });
});

describe('a request body', () => {
  it('is forwarded to the letter, but for the model', () => {
    const text = '{ "messages":[],\n"unknown":{"a":1e3,"b":"\\u0041"},  "model":"chat","seed":-0 }';
    expect(bodyOf(text).withModel('m').toString()).toBe(text.replace('"chat"', '"m"'));
  });

  it('with two models is refused, because readers would not agree', () => {
    expect(() => bodyOf('{"model":"a","model":"b"}').withModel('m')).toThrow('occurs twice');
  });

  it.each(['api_base', 'extra_headers', 'api_key'])('may not name its upstream by %s', (name) => {
    expect(() => bodyOf(JSON.stringify({ model: 'chat', [name]: 'http://evil.test' }))).toThrow(name);
  });

  it('nested a hundred thousand levels deep is refused, not walked', () => {
    const text = `{"model":"a","x":${'['.repeat(100_000)}${']'.repeat(100_000)}}`;
    expect(() => bodyOf(text)).toThrow('nested');
  });
});
