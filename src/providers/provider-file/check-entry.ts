import { CAPABILITY_NAMES, isCapability } from '../contract/index.js';
import { checkShape, type FieldPath, isRecord, type ShapeProblem } from './check-shape.js';
import { checkText } from './check-text.js';
import { AuthShape, CapabilityShape, ConfigShape, EntryShape, StaticModelShape, WireShape } from './entry-shapes.js';
import { refusedAuthHeader, refusedHeader } from './refused-headers.js';

const MOST_MODELS = 2000;
const MOST_HEADERS = 20;

/** Everything wrong with an entry, nested objects included; empty when it is fine. `partial`: nothing is required. */
export function checkEntry(value: unknown, path: FieldPath, partial = false): ShapeProblem[] {
  const problems = checkShape(EntryShape, value, path, partial);
  if (!isRecord(value)) return problems;
  return [
    ...problems,
    ...checkCapabilities(value['capabilities'], [...path, 'capabilities']),
    ...checkConfig(value['config'], [...path, 'config']),
    ...checkPricingInfo(value['pricing_info'], [...path, 'pricing_info']),
    ...checkText(value, path),
  ];
}

function checkCapabilities(value: unknown, path: FieldPath): ShapeProblem[] {
  if (!isRecord(value)) return [];
  return Object.entries(value).flatMap(([name, capability]) => {
    const at = [...path, name];
    if (!isCapability(name))
      return [{ path: at, message: `is not a known capability; there are: ${CAPABILITY_NAMES.join(', ')}` }];
    const models = isRecord(capability) ? capability['models'] : undefined;
    return [...checkShape(CapabilityShape, capability, at), ...checkModels(models, [...at, 'models'])];
  });
}

function checkModels(value: unknown, path: FieldPath): ShapeProblem[] {
  if (value === undefined || value === null) return [];
  if (!Array.isArray(value) || value.length > MOST_MODELS)
    return [{ path, message: `takes a list of at most ${MOST_MODELS} model ids or model objects` }];
  const seen = new Set<string>();
  return (value as unknown[]).flatMap((model, index) => {
    const at = [...path, index];
    const entry = typeof model === 'string' ? { id: model } : model;
    const problems = checkShape(StaticModelShape, entry, at);
    const id = isRecord(entry) ? entry['id'] : undefined;
    if (typeof id !== 'string') return problems;
    if (seen.has(id)) problems.push({ path: at, message: `repeats the model "${id}"` });
    seen.add(id);
    return problems;
  });
}

function checkConfig(value: unknown, path: FieldPath): ShapeProblem[] {
  if (!isRecord(value)) return [];
  const at = [...path, 'wire'];
  const problems = checkShape(ConfigShape, value, path);
  const wire = value['wire'];
  if (!isRecord(wire)) return problems;
  return [
    ...problems,
    ...checkShape(WireShape, wire, at),
    ...checkAuth(wire['auth'], [...at, 'auth']),
    ...checkHeaders(wire['headers'], [...at, 'headers']),
  ];
}

function checkAuth(value: unknown, path: FieldPath): ShapeProblem[] {
  if (!isRecord(value)) return [];
  const problems = checkShape(AuthShape, value, path);
  const { type, name } = value;
  if (type !== 'header') {
    if (name !== undefined) problems.push({ path: [...path, 'name'], message: 'goes with { "type": "header" } only' });
  } else if (typeof name !== 'string') {
    problems.push({ path: [...path, 'name'], message: 'is required: the header of the key, such as "x-api-key"' });
  } else {
    const refusal = refusedAuthHeader(name);
    if (refusal !== undefined) problems.push({ path: [...path, 'name'], message: `"${name}" ${refusal}` });
  }
  return problems;
}

function checkHeaders(value: unknown, path: FieldPath): ShapeProblem[] {
  if (!isRecord(value)) return [];
  const headers = Object.entries(value);
  if (headers.length > MOST_HEADERS) return [{ path, message: `takes at most ${MOST_HEADERS} headers` }];
  return headers.flatMap(([name, content]) => {
    const refusal = refusedHeader(name, content);
    return refusal === undefined ? [] : [{ path: [...path, name], message: refusal }];
  });
}

function checkPricingInfo(value: unknown, path: FieldPath): ShapeProblem[] {
  if (!isRecord(value)) return [];
  const plain = Object.values(value).every((item) => ['string', 'number', 'boolean'].includes(typeof item));
  return plain && JSON.stringify(value).length <= 10_000
    ? []
    : [{ path, message: 'takes a flat object of strings, numbers and booleans, such as { "url": "https://…" }' }];
}
