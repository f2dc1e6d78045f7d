import { getMetadataStorage, validateSync, type ValidationError } from 'class-validator';

/** Where a value stands: names of fields and indexes of lists, from the outermost in. */
export type FieldPath = readonly (string | number)[];

/** Something wrong with the value at a path, said so that it can be mended. */
export interface ShapeProblem {
  readonly path: FieldPath;
  readonly message: string;
}

/** `providers[3].capabilities.chat`, as people read paths. */
export function fieldName(path: FieldPath): string {
  return path.reduce<string>(
    (name, part) => (typeof part === 'number' ? `${name}[${part}]` : name === '' ? part : `${name}.${part}`),
    '',
  );
}

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/**
 * Checks one object, without its nested ones, against the decorators of a shape: types, bounds, unknown fields.
 * `partial` lets required fields be absent.
 */
export function checkShape(Shape: new () => object, value: unknown, path: FieldPath, partial = false): ShapeProblem[] {
  if (!isRecord(value)) return [{ path, message: 'takes an object' }];
  const known = fieldsOf(Shape);
  const unknown = Object.keys(value).filter((field) => !known.includes(field));
  // Field by field: assigning a whole foreign object would let `__proto__` through.
  const instance = new Shape();
  for (const field of known) Reflect.set(instance, field, Object.hasOwn(value, field) ? value[field] : undefined);
  return [
    ...unknown.map((field) => ({
      path: [...path, field],
      message: `is not a known field; there are: ${known.join(', ')}`,
    })),
    ...validateSync(instance, { forbidUnknownValues: false })
      .filter((error) => !partial || error.value !== undefined)
      .map((error) => toProblem(error, path)),
  ];
}

function fieldsOf(Shape: new () => object): string[] {
  const decorated = getMetadataStorage()
    .getTargetValidationMetadatas(Shape, '', false, false)
    .map(({ propertyName }) => propertyName);
  return [...new Set([...Object.keys(new Shape()), ...decorated])];
}

function toProblem({ property, constraints = {}, value }: ValidationError, path: FieldPath): ShapeProblem {
  const messages = Object.entries(constraints);
  const missing = 'isDefined' in constraints && (value === undefined || value === null);
  const [, message] = messages.at(-1) ?? ['', 'is not valid'];
  return {
    path: [...path, property],
    message: missing ? 'is required' : withoutName(message, property),
  };
}

/** The library's messages begin with the field's name, which ours carry already. */
function withoutName(message: string, property: string): string {
  return message.startsWith(`${property} `) ? message.slice(property.length + 1) : message;
}
