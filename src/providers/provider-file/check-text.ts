import { isStorable } from '../../core/http/index.js';
import { type FieldPath, isRecord, type ShapeProblem } from './check-shape.js';

/** Texts anywhere in an entry that PostgreSQL could not keep, as names or as values. Without recursion: depth is free. */
export function checkText(value: unknown, path: FieldPath): ShapeProblem[] {
  const problems: ShapeProblem[] = [];
  const waiting: [value: unknown, path: FieldPath][] = [[value, path]];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    const [each, at] = next;
    if (typeof each === 'string' && !isStorable(each)) problems.push(unstorable(at));
    if (Array.isArray(each))
      for (const [index, item] of (each as unknown[]).entries()) waiting.push([item, [...at, index]]);
    if (!isRecord(each)) continue;
    for (const [name, item] of Object.entries(each)) {
      if (isStorable(name)) waiting.push([item, [...at, name]]);
      else problems.push(unstorable(at));
    }
  }
  return problems;
}

function unstorable(path: FieldPath): ShapeProblem {
  return { path, message: 'must not hold NUL or half a character' };
}
