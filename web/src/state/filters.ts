// Filters on fields: which values a field may hold, how they stand in a link, and the CQL2 text the server is asked with.
import { decoded } from './decoded.ts';
import type { Field } from '../api/shapes.ts';
import { nextDay } from './time.ts';

/** One of some values (text, codes, yes or no), or a range of numbers or days whose ends count as inside; an empty end is open. */
export type FieldFilter = { values: string[] } | { from: string; to: string };

/** Collection -> field -> what it must hold. All of them hold together. */
export type Filters = Record<string, Record<string, FieldFilter>>;

export const isEmpty = (f: FieldFilter) => ('values' in f ? f.values.length === 0 : !f.from && !f.to);

/** A filter set, changed or (absent or empty) taken away; a collection without filters has no entry. */
export function withFilter(filters: Filters, collection: string, field: string, value: FieldFilter | undefined): Filters {
  const { [field]: _old, ...others } = filters[collection] ?? {};
  const fields = value && !isEmpty(value) ? { ...others, [field]: value } : others;
  const { [collection]: _gone, ...rest } = filters;
  return Object.keys(fields).length ? { ...rest, [collection]: fields } : rest;
}

/** One value pressed joins those that are chosen, or leaves them. */
export function toggledValue(filter: FieldFilter | undefined, value: string): FieldFilter {
  const values = filter && 'values' in filter ? filter.values : [];
  return { values: values.includes(value) ? values.filter((v) => v !== value) : [...values, value] };
}

const enc = encodeURIComponent;

// bases.kind:battalion;company,incidents.killed:1:5 - what is percent-coded holds no ; or :, so these two can part the values, and
// the first dot parts collection and field.
export function formatFilters(filters: Filters): string {
  return Object.entries(filters)
    .flatMap(([collection, fields]) => Object.entries(fields).map(([field, f]) => `${enc(collection).replaceAll('.', '%2E')}.${enc(field)}:${'values' in f ? f.values.map(enc).join(';') : `${enc(f.from)}:${enc(f.to)}`}`))
    .join(',');
}

export function parseFilters(text = ''): Filters {
  let filters: Filters = {};
  for (const part of text.split(',').filter(Boolean)) {
    const [path = '', ...ends] = part.split(':');
    const dot = path.indexOf('.');
    const [collection, field] = [decoded(path.slice(0, Math.max(0, dot))), decoded(path.slice(dot + 1))];
    const value = valueOf(ends);
    if (collection && field && value) filters = withFilter(filters, collection, field, value);
  }
  return filters;
}

function valueOf(ends: string[]): FieldFilter | undefined {
  const [from = '', to = ''] = ends.map(decoded);
  if (ends.length === 1) return { values: (ends[0] ?? '').split(';').map(decoded).filter(Boolean) };
  return ends.length === 2 ? { from, to } : undefined;
}

const asName = (field: string) => `"${field.replaceAll('"', '""')}"`;

/** What may be asked of a moment as of a field of its own, in UTC: hour(time) is 0 to 23, weekday(time) is 1 for Monday to 7. */
export const clocks = ['hour', 'weekday'] as const;
export type Clock = (typeof clocks)[number];

export function clockOf(name: string): { clock: Clock; of: string } | undefined {
  const [, clock, of] = /^(hour|weekday)\((.+)\)$/.exec(name) ?? [];
  return clock && of ? { clock: clock as Clock, of } : undefined;
}

const known: Record<Clock, string[]> = { hour: ['exact', 'hour'], weekday: ['exact', 'hour', 'day'] };

/** A moment that is known only to its day is written as midnight: it says nothing of the hour. */
export function knownTo(fields: Field[], name: string): string {
  const clock = clockOf(name)?.clock;
  return clock && fields.some((f) => f.name === 'time_precision') ? conditionText('time_precision', undefined, { values: known[clock] }) : '';
}

/** Property names are always quoted: a field may be called date or and. */
function named(field: string): string {
  const clocked = clockOf(field);
  return clocked ? `${clocked.clock}(${asName(clocked.of)})` : asName(field);
}
const quoted = (text: string) => `'${text.replaceAll("'", "''")}'`;

const isNumber = (f: Field | undefined) => f?.type === 'number' || f?.type === 'integer';
const number = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;

/** A value that does not fit its field is sent as text, for the server to refuse by name. */
const literal = (field: Field | undefined, value: string) =>
  (isNumber(field) && number.test(value)) || (field?.type === 'boolean' && /^(true|false)$/.test(value)) ? value : quoted(value);

/** One field's condition in CQL2 text. */
export function conditionText(name: string, field: Field | undefined, f: FieldFilter): string {
  const property = named(name);
  if ('values' in f) {
    const values = f.values.map((v) => (clockOf(name) && number.test(v) ? v : literal(field, v)));
    return values.length === 1 ? `${property} = ${values[0]}` : `${property} IN (${values.join(', ')})`;
  }
  const [from, to] = ends(field, f);
  return [from && `${property} ${from}`, to && `${property} ${to}`].filter(Boolean).join(' AND ');
}

/** A day of a moment's field holds the whole day. */
function ends(field: Field | undefined, { from, to }: { from: string; to: string }): [string, string] {
  if (field?.format === 'date-time') return [from && `>= TIMESTAMP('${from}T00:00:00Z')`, to && `< TIMESTAMP('${nextDay(to)}T00:00:00Z')`];
  const write = (v: string) => (field?.format === 'date' ? `DATE('${v}')` : literal(field, v));
  return [from && `>= ${write(from)}`, to && `<= ${write(to)}`];
}

/** The conditions joined by AND, each that holds an OR in brackets. */
export const allOf = (conditions: string[]): string => conditions.filter(Boolean).join(' AND ');

export function filterText(fields: Field[], filters: Record<string, FieldFilter>): string {
  return allOf(Object.entries(filters).flatMap(([name, f]) => [conditionText(name, fields.find((x) => x.name === name), f), knownTo(fields, name)]));
}
