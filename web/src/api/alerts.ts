// What the rules raised, and the rules themselves.
import type { Geometry } from 'geojson';
import { answered, asked, decoded } from './client.ts';
import { list, number, object, optional, or, record, text, type Decoder } from './decode.ts';
import type { Link } from './shapes.ts';

export const severities = ['low', 'medium', 'high', 'critical'] as const;
export type Severity = (typeof severities)[number];

const truth: Decoder<boolean> = (v) => v === true;
const link = object({ rel: or(text, ''), href: text, type: or(text, ''), title: or(text, '') });
const acknowledgement = object({ at: text, by: or(text, ''), note: or(text, '') });
const delivery = object({ webhook: text, format: text, state: text as Decoder<'waiting' | 'delivered' | 'failed'>, tries: number, next: optional(text), problem: optional(text) });
export type Delivery = ReturnType<typeof delivery>;
const near = object({ collection: text, key: number, name: or(text, ''), distance_m: number, season_unknown: truth });
const reached = object({ value: number, least: number, sum: or(text, ''), days: number });

const told = object({
  rule: text, title: text, headline: text, severity: text as Decoder<Severity>, status: or(text, 'actual'), version: number, at: text,
  collection: text, key: optional(number), record: or(text, ''), time: optional(text), radius_m: or(number, 0), near: optional(near), count: or(number, 0), reached: optional(reached),
  classification: text, mission: optional(text), acknowledged: or(list(acknowledgement), []), deliveries: or(list(delivery), []),
});

export type Alert = ReturnType<typeof told> & { id: string; geometry: Geometry | null };

export const alert: Decoder<Alert> = (v, where) => {
  const raw = object({ id: text, geometry: optional(record), properties: told })(v, where);
  return { ...raw.properties, id: raw.id, geometry: (raw.geometry as unknown as Geometry | undefined) ?? null };
};

const alerts = object({ numberMatched: number, features: list(alert), note: or(text, ''), links: or(list(link), []) });
export interface AlertPage {
  matched: number;
  list: Alert[];
  /** Why there can be none. */
  note: string;
  next?: string;
}

export const alertPage: Decoder<AlertPage> = (v, where) => {
  const raw = alerts(v, where);
  return { matched: raw.numberMatched, list: raw.features, note: raw.note, next: raw.links.find((l: Link) => l.rel === 'next')?.href };
};

const rule = object({
  id: text, title: or(text, ''), version: number, active: truth, collection: or(text, ''), severity: optional(text as Decoder<Severity>), classification: text, mission: optional(text),
  broken: optional(object({ parameter: or(text, ''), detail: text })),
});
export type Rule = ReturnType<typeof rule>;
const rules = object({ rules: list(rule), webhooks: or(list(text), []) });
export type Rules = ReturnType<typeof rules>;

/** Which alerts are asked for; what is absent is not asked about. */
export interface AlertQuery {
  severity: Severity[];
  state?: 'new' | 'acknowledged';
  rule?: string;
  undelivered: boolean;
}

const path = '/api/alerts';
const geojson = { Accept: 'application/geo+json, application/json' };
const json = { Accept: 'application/json' };

/** The address of a list, to be asked or downloaded. */
export function alertsAddress({ severity, state, rule: of, undelivered }: AlertQuery, limit: number): string {
  const query = new URLSearchParams({ limit: String(limit) });
  if (severity.length) query.set('severity', severity.join(','));
  if (state) query.set('state', state);
  if (of) query.set('rule', of);
  if (undelivered) query.set('delivery', 'failed');
  return `${path}?${query.toString()}`;
}

export const alertAddress = (id: string) => `${path}/${encodeURIComponent(id)}`;

const get = <T>(address: string, decoder: Decoder<T>, headers: Record<string, string>, signal?: AbortSignal) => decoded(asked(fetch(address, { signal, headers, cache: 'no-cache' })), decoder);

export const askAlerts = (query: AlertQuery, limit: number, signal?: AbortSignal) => get(alertsAddress(query, limit), alertPage, geojson, signal);

export const askAlert = (id: string, signal?: AbortSignal) => get(alertAddress(id), alert, geojson, signal);

export const acknowledge = (id: string, note: string): Promise<Alert> =>
  decoded(asked(fetch(`${alertAddress(id)}/acknowledge`, { method: 'POST', headers: { ...geojson, 'Content-Type': 'application/json' }, body: JSON.stringify({ note: note.trim() }) })), alert);

export const askRules = (signal?: AbortSignal) => get('/api/alert-rules', rules, json, signal);

/** A rule as it is kept, with the name of that reading. */
export interface RuleDoc {
  title: string;
  classification: string;
  mission: string | null;
  body: Record<string, unknown>;
  etag: string;
}

const rulePath = (id: string) => `/api/documents/alert-rule/${encodeURIComponent(id)}`;

const doc = object({ title: or(text, ''), classification: or(text, 'unclassified'), mission: optional(text), body: record });

export async function askRule(id: string, signal?: AbortSignal): Promise<RuleDoc> {
  const { data, response } = await answered(asked(fetch(rulePath(id), { signal, headers: json, cache: 'no-cache' })));
  const raw = doc(data, '');
  return { ...raw, mission: raw.mission ?? null, etag: response.headers.get('ETag') ?? '' };
}

/** Without an ETag the rule is new, and must not be there yet. */
export async function putRule(id: string, { etag, ...rest }: RuleDoc): Promise<void> {
  const condition: Record<string, string> = etag ? { 'If-Match': etag } : { 'If-None-Match': '*' };
  await answered(asked(fetch(rulePath(id), { method: 'PUT', headers: { ...json, ...condition, 'Content-Type': 'application/json' }, body: JSON.stringify(rest) })));
}

export async function removeRule(id: string): Promise<void> {
  await answered(asked(fetch(rulePath(id), { method: 'DELETE' })));
}
