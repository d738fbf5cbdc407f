// A rule in the form, and as the server keeps it.
import type { Field } from '../api/shapes.ts';
import type { RuleDoc, Severity } from '../api/alerts.ts';
import { filterText, isEmpty, type FieldFilter } from '../state/filters.ts';

export interface Near {
  collection: string;
  keys: number[];
  filter: string;
  radius_m: number;
  in_season: boolean;
}

export interface Threshold {
  least: number;
  days: number;
  /** Fields that are added; '' counts records. */
  sum: string;
  /** 0 is anywhere. */
  within_m: number;
}

export interface Webhook {
  name: string;
  format: string;
}

export interface RuleDraft {
  title: string;
  classification: string;
  /** '' is shared by all. */
  mission: string;
  severity: Severity;
  status: string;
  active: boolean;
  collection: string;
  /** The selection as rows, or as CQL2 where that is written. */
  rows: Record<string, FieldFilter>;
  cql2?: string;
  near?: Near;
  threshold?: Threshold;
  webhooks: Webhook[];
  etag: string;
}

export const newNear = (collection: string): Near => ({ collection, keys: [], filter: '', radius_m: 5000, in_season: false });
export const newThreshold: Threshold = { least: 3, days: 7, sum: '', within_m: 0 };

export const newRule = (collection: string, mission: string): RuleDraft => ({ title: '', classification: 'unclassified', mission, severity: 'medium', status: 'actual', active: true, collection, rows: {}, webhooks: [], etag: '' });

/** CQL2 as text; JSON stays readable JSON. */
const textOf = (filter: unknown): string => (typeof filter === 'string' ? filter : filter ? JSON.stringify(filter) : '');

function sentFilter(text: string): unknown {
  if (!text.trim().startsWith('{')) return text.trim() || undefined;
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return text;
  }
}

/** What the server kept, ready for the form; members that are absent are what the server takes them for. */
export function draftOf({ title, classification, mission, body, etag }: RuleDoc): RuleDraft {
  const b = body as { collection?: string; filter?: unknown; near?: Partial<Near>; threshold?: Partial<Threshold>; severity?: Severity; active?: boolean; status?: string; webhooks?: Partial<Webhook>[] };
  return {
    title, classification, mission: mission ?? '', etag, severity: b.severity ?? 'medium', status: b.status ?? 'actual', active: b.active ?? true, collection: b.collection ?? '',
    rows: {}, ...(b.filter ? { cql2: textOf(b.filter) } : {}),
    ...(b.near ? { near: { ...newNear(''), radius_m: 0, ...b.near, keys: b.near.keys ?? [], filter: textOf(b.near.filter) } } : {}),
    ...(b.threshold ? { threshold: { ...newThreshold, ...b.threshold } } : {}),
    webhooks: (b.webhooks ?? []).map((w) => ({ name: w.name ?? '', format: w.format ?? 'geojson' })),
  };
}

/** The filter of the form in CQL2. */
export const cql2Of = ({ rows, cql2 }: RuleDraft, fields: Field[]): string => cql2 ?? filterText(fields, Object.fromEntries(Object.entries(rows).filter(([, f]) => !isEmpty(f))));

/** As it is sent: what is left open is left out. */
export function docOf(draft: RuleDraft, fields: Field[]): RuleDoc {
  const { title, classification, mission, severity, status, active, collection, near, threshold, webhooks, etag } = draft;
  const filter = sentFilter(cql2Of(draft, fields));
  const body: Record<string, unknown> = { collection, severity, status, active };
  if (filter !== undefined) body.filter = filter;
  if (near) {
    const nearFilter = sentFilter(near.filter);
    body.near = { collection: near.collection, radius_m: near.radius_m, ...(near.keys.length && { keys: near.keys }), ...(nearFilter !== undefined && { filter: nearFilter }), ...(near.in_season && { in_season: true }) };
  }
  if (threshold) body.threshold = { least: threshold.least, days: threshold.days, ...(threshold.sum && { sum: threshold.sum }), ...(threshold.within_m && { within_m: threshold.within_m }) };
  if (webhooks.length) body.webhooks = webhooks;
  return { title: title.trim(), classification, mission: mission || null, body, etag };
}

/** An id that says what the rule is, and that no other rule has. */
export function idFor(title: string, taken: readonly string[]): string {
  const plain = title.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase().replace(/[^a-z0-9]+/g, '-').replace(/^-+|-+$/g, '').slice(0, 40) || 'rule';
  let id = plain;
  for (let n = 2; taken.includes(id); n++) id = `${plain}-${n}`;
  return id;
}

/** Fields whose sum a threshold may ask for. */
export const sums = (fields: Field[]): string[] => {
  const numbers = fields.filter((f) => f.type === 'integer' || f.type === 'number').map((f) => f.name);
  return numbers.includes('killed') && numbers.includes('injured') ? ['killed+injured', ...numbers] : numbers;
};
