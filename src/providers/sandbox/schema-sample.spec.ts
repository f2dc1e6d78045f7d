import { describe, expect, it } from '@jest/globals';
import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import fc from 'fast-check';
import { sampleOf, type Schema } from './schema-sample.js';

function expectValid(schema: Schema): unknown {
  const ajv = new Ajv2020({ strict: false, allErrors: true });
  addFormats.default(ajv);
  const value = sampleOf(schema);
  const validate = ajv.compile(schema);
  validate(value);
  expect({ value, errors: validate.errors }).toEqual({ value, errors: null });
  return value;
}

const leaf = fc.oneof(
  fc.constant({ type: 'boolean' }),
  fc.constant({ type: ['null', 'string'] }),
  fc.constant({ enum: ['red', 'green', 3] }),
  fc.constant({ const: { deep: [1] } }),
  fc
    .record({ low: fc.integer({ min: 0, max: 40 }), extra: fc.integer({ min: 0, max: 40 }) })
    .map(({ low, extra }) => ({ type: 'string', minLength: low, maxLength: low + extra })),
  fc
    .record({ low: fc.integer({ min: -50, max: 50 }), extra: fc.integer({ min: 3, max: 40 }) })
    .map(({ low, extra }) => ({ type: 'integer', minimum: low, exclusiveMaximum: low + extra })),
  fc
    .record({ low: fc.integer({ min: -50, max: 50 }), step: fc.constantFrom(0.25, 0.5, 2, 3) })
    .map(({ low, step }) => ({ type: 'number', exclusiveMinimum: low, multipleOf: step })),
  fc.integer({ min: -50, max: 50 }).map((high) => ({ type: 'number', maximum: high })),
  fc
    .constantFrom('date', 'time', 'date-time', 'duration', 'email', 'hostname', 'ipv4', 'ipv6', 'uri', 'uuid')
    .map((format) => ({ type: 'string', format })),
);

const { schema: anySchema } = fc.letrec<{ schema: Schema }>((tie) => ({
  schema: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    leaf,
    fc
      .record({
        properties: fc.dictionary(fc.string({ minLength: 1, maxLength: 8 }), tie('schema'), { maxKeys: 4 }),
        all: fc.boolean(),
      })
      .map(({ properties, all }) => ({
        type: 'object',
        properties,
        required: all ? Object.keys(properties) : [],
        additionalProperties: false,
      })),
    fc
      .record({ items: tie('schema'), low: fc.integer({ min: 0, max: 4 }), extra: fc.integer({ min: 0, max: 3 }) })
      .map(({ items, low, extra }) => ({ type: 'array', items, minItems: low, maxItems: low + extra })),
    fc.array(tie('schema'), { minLength: 1, maxLength: 3 }).map((anyOf) => ({ anyOf })),
  ),
}));

describe('a sample of a JSON schema', () => {
  it('is valid against any schema of the usual keywords, and the same each time', () => {
    fc.assert(
      fc.property(anySchema, (schema) => {
        expect(sampleOf(schema)).toEqual(expectValid(schema));
      }),
      { numRuns: 300 },
    );
  });

  it('follows references, also recursive ones, and merges allOf', () => {
    expectValid({
      $defs: {
        node: {
          type: 'object',
          properties: { name: { type: 'string' }, children: { type: 'array', items: { $ref: '#/$defs/node' } } },
          required: ['name', 'children'],
        },
        'a/b~c': { type: 'integer', minimum: 7 },
      },
      allOf: [
        { properties: { tree: { $ref: '#/$defs/node' } }, required: ['tree'] },
        { properties: { count: { $ref: '#/$defs/a~1b~0c' } }, required: ['count'] },
      ],
    });
  });

  it('makes distinct items where the schema wants them', () => {
    expect(
      expectValid({ type: 'array', minItems: 3, uniqueItems: true, items: { type: 'string', minLength: 5 } }),
    ).toHaveLength(3);
    expectValid({ type: 'array', minItems: 2, uniqueItems: true, items: { enum: ['a', 'b'] } });
  });

  it('keeps the length in characters, not UTF-16 units', () => {
    expectValid({ type: 'object', properties: { '😀😀😀': { type: 'string', minLength: 12, maxLength: 12 } } });
  });

  it('refuses schemas that explode, never end, or refer to nothing', () => {
    const bomb: Record<string, unknown> = { l0: { type: 'string' } };
    for (let level = 1; level <= 4; level += 1) {
      const items = { $ref: `#/$defs/l${String(level - 1)}` };
      bomb[`l${String(level)}`] = { type: 'array', minItems: 900, items };
    }
    const endless = { type: 'object', properties: { again: { $ref: '#' } }, required: ['again'] };
    for (const schema of [
      { $defs: bomb, $ref: '#/$defs/l4' },
      endless,
      { $ref: '#' },
      { $ref: '#/$defs/missing' },
      { $ref: 'https://example.com/schema.json' },
      { type: 'array', minItems: 1e9, items: {} },
      { type: 'string', minLength: 1e9 },
    ])
      expect(() => sampleOf(schema)).toThrow(expect.objectContaining({ code: 'validation_failed' }));
  });

  it('treats a property named __proto__ as any other', () => {
    const schema = JSON.parse('{"type":"object","properties":{"__proto__":{"type":"integer"}}}') as Schema;
    expect(JSON.stringify(sampleOf(schema))).toBe('{"__proto__":1}');
  });
});
