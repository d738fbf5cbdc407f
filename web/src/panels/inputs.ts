// What kind of widget an input of a process takes, and what its value becomes on the way to the server.
import type { ProcessInput } from '../api/shapes.ts';
import type { MessageId } from '../i18n/languages.ts';

export type InputKind = 'records' | 'collection' | 'collections' | 'choice' | 'number' | 'boolean' | 'box' | 'numbers' | 'texts' | 'shape' | 'shapes' | 'interval' | 'filter' | 'text' | 'json';

export type FormValues = Record<string, unknown>;

type JsonSchema = Record<string, unknown>;

const isShape = (schema: JsonSchema | undefined) => typeof schema?.format === 'string' && schema.format.startsWith('geometry');
const isNumber = (schema: JsonSchema | undefined) => schema?.type === 'number' || schema?.type === 'integer';

export function inputKind(name: string, { schema }: ProcessInput): InputKind {
  const items = schema.items as JsonSchema | undefined;
  if (collectionOf(schema)) return 'records';
  if (codesOf(schema).length) return 'choice';
  if (isShape(schema)) return 'shape';
  if (schema['x-role'] === 'filter') return 'filter'; // CQL2 as text or as JSON: no one type
  if (isNumber(schema)) return 'number';
  if (schema.type === 'boolean') return 'boolean';
  if (schema.type === 'array') return listKind(name, items);
  return schema.type === 'string' ? textKind(schema) : 'json';
}

function listKind(name: string, items: JsonSchema | undefined): InputKind {
  if (isShape(items)) return 'shapes';
  if (isNumber(items)) return name === 'bbox' ? 'box' : 'numbers';
  if (items?.type !== 'string') return 'json';
  return name === 'collections' || items['x-role'] === 'collection' ? 'collections' : 'texts';
}

function textKind(schema: JsonSchema): InputKind {
  if (schema['x-role'] === 'collection') return 'collection';
  if (schema['x-kind'] === 'interval') return 'interval';
  return 'text';
}

/** The collection that an input's keys are picked from. */
export function collectionOf(schema: JsonSchema): string | undefined {
  const found = schema['x-collection'] ?? (schema.items as JsonSchema | undefined)?.['x-collection'];
  return typeof found === 'string' ? found : undefined;
}

export const codesOf = (schema: JsonSchema): string[] => {
  const codes = schema.enum ?? schema['x-codes'];
  return Array.isArray(codes) ? codes.map(String) : [];
};

export const isRequired = ({ minOccurs, schema }: ProcessInput): boolean => minOccurs > 0 && schema.default === undefined;

/** Numbers as people write them in a row: by commas, semicolons or spaces. */
export function numbersOf(text: string): number[] | undefined {
  const parts = text.split(/[\s,;]+/).filter(Boolean).map((p) => Number(p.replace('−', '-')));
  return parts.every(Number.isFinite) ? parts : undefined;
}

const textsOf = (text: string) => text.split(/[,;\n]+/).map((t) => t.trim()).filter(Boolean);

const isEmpty = (v: unknown) => v === undefined || v === null || (typeof v === 'string' && v.trim() === '') || (Array.isArray(v) && v.length === 0);

type Sent = { value: unknown } | { problem: MessageId };

function sentOf(kind: InputKind, value: unknown): Sent {
  if (typeof value !== 'string') return { value };
  if (kind === 'numbers' || kind === 'box') {
    const numbers = numbersOf(value);
    if (!numbers) return { problem: 'form.noNumbers' };
    return kind === 'box' && numbers.length !== 4 ? { problem: 'form.noBox' } : { value: numbers };
  }
  if (kind === 'texts') return { value: textsOf(value) };
  if (kind !== 'json') return { value: value.trim() };
  try {
    return { value: JSON.parse(value) as unknown };
  } catch {
    return { problem: 'form.noJson' };
  }
}

/** The inputs as they are sent, and what is wrong with those that cannot be. */
export function questionOf(inputs: Record<string, ProcessInput>, values: FormValues): { question: Record<string, unknown>; problems: Record<string, MessageId> } {
  const question: Record<string, unknown> = {};
  const problems: Record<string, MessageId> = {};
  for (const [name, input] of Object.entries(inputs)) {
    const value = values[name];
    if (isEmpty(value)) {
      if (isRequired(input)) problems[name] = 'form.missing';
      continue;
    }
    const sent = sentOf(inputKind(name, input), value);
    if ('problem' in sent) problems[name] = sent.problem;
    else question[name] = sent.value;
  }
  return { question, problems };
}
