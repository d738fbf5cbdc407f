// Words for what the server names by code: collections, fields, codes, values. A code without a translation is shown readable.
import { useMemo } from 'react';
import { useIntl, type IntlShape } from 'react-intl';
import type { Envelope } from '../api/envelope.ts';
import type { Collection, Field } from '../api/shapes.ts';
import { innerWarning, type Warning } from '../api/warning.ts';
import type { Clock } from '../state/filters.ts';
import type { Step } from '../state/time.ts';
import { directionOf, languageOf, type MessageId } from './languages.ts';

type Values = Record<string, string | number>;

export interface Words {
  language: string;
  say(id: MessageId, values?: Values): string;
  collection(c: Pick<Collection, 'id' | 'title'>): string;
  process(p: { id: string; title: string }): string;
  field(f: Pick<Field, 'name' | 'title'>): string;
  /** An input of a process: as the field that it is of, else by the words of its title. */
  input(i: Pick<Field, 'name' | 'title'>): string;
  code(field: string, code: string): string;
  /** A sentence of the server, in English where nobody has put it into this language. */
  warning(w: Warning): string;
  /** Records that an answer used and left out, by reason; together they are those selected. */
  rows(of: Pick<Envelope, 'rows_used' | 'rows_selected' | 'rows_dropped'>): string;
  /** Ready to read, with its unit. */
  value(f: Field, value: unknown): string;
  /** Ready for a column whose head states the unit. */
  cell(f: Field, value: unknown): string;
  /** A unit in UCUM as it is written here: "{USD}/a" is "US$/yr"; '' for none and for "1". */
  unit(ucum: string | undefined): string;
  /** By ISO 3166 code: the browser's own list (CLDR), but for those whose name there is not the one in use here. */
  country(iso: string): string;
  count(n: number, digits?: number): string;
  /** For an axis: 20 000 is "20K". */
  short(n: number): string;
  /** A day given as 2016-04-11: "11 Apr 2016". */
  day(iso: string): string;
  /** A moment in UTC: the time alone where it is of today, unless the whole is asked for. */
  moment(ms: number, whole?: boolean): string;
  /** The day, week, month, quarter or year that begins at a moment. */
  period(ms: number, step: Step): string;
  /** "13:00", or a weekday of which 1 is Monday: in full, or as short as an axis wants it. */
  clock(clock: Clock, n: number, short?: boolean): string;
  /** "IED and mine". */
  list(items: string[]): string;
  /** "Annual cost, US$/yr": what there is of the parts, with the comma of the language. */
  parts(items: (string | undefined)[]): string;
  km(metres: number): string;
  /** A measured length, to four figures or more. */
  length(metres: number): string;
  area(squareMetres: number): string;
  /** "2 h 54", or "45 min" below an hour. */
  duration(minutes: number): string;
}

/** "mission_hq" -> "Mission hq": for codes nobody has translated. */
export function readable(code: string): string {
  const text = code.replaceAll('_', ' ').trim();
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** Names and coordinates in Latin letters keep their own direction within a sentence that runs from right to left. */
const isolated = (values: Values | undefined): Values | undefined =>
  values && Object.fromEntries(Object.entries(values).map(([name, v]) => [name, typeof v === 'string' && /[A-Za-z]/.test(v) ? `\u2068${v}\u2069` : v]));

const commas: Record<string, string> = { ar: '، ', zh: '、' };
const commaOf = (intl: IntlShape) => commas[languageOf(intl.locale)] ?? ', ';

/** "Weight: Threat" is weight-threat. */
const wordsOf = (title: string) => title.toLowerCase().replace(/[^a-z0-9]+/g, '-').replace(/^-|-$/g, '');

/** A narrow space between thousands, in every language. */
function grouped(intl: IntlShape, n: number, digits = 0, unit?: 'meter' | 'kilometer'): string {
  const measure = unit ? ({ style: 'unit', unit, unitDisplay: 'short' } as const) : {};
  const parts = new Intl.NumberFormat(intl.locale, { maximumFractionDigits: digits, useGrouping: 'always', ...measure }).formatToParts(n);
  return parts.map((p) => (p.type === 'group' ? '\u202f' : p.type === 'minusSign' ? '−' : p.value)).join('');
}

const distanceOf = (intl: IntlShape, metres: number) =>
  metres < 1000 ? grouped(intl, metres, 0, 'meter') : grouped(intl, metres / 1000, metres < 10000 ? 1 : 0, 'kilometer');

/** Decimals that leave four figures or more. */
const figures = (n: number) => (n < 10 ? 3 : n < 100 ? 2 : n < 1000 ? 1 : 0);

export function makeWords(intl: IntlShape): Words {
  const look = (id: string) => (id in intl.messages ? intl.formatMessage({ id }) : undefined);
  const code = (field: string, c: string) => look(`code.${field}.${c}`) ?? look(`code.${c}`) ?? readable(c);
  return {
    language: languageOf(intl.locale),
    say: (id, values) => intl.formatMessage({ id }, directionOf(languageOf(intl.locale)) === 'rtl' ? isolated(values) : values),
    collection: ({ id, title }) => look(`collection.${id}`) ?? (title || readable(id)),
    process: ({ id, title }) => look(`process.${id}`) ?? (title || readable(id)),
    field: ({ name, title }) => look(`field.${name}`) ?? (title || readable(name)),
    input: ({ name, title }) => look(`field.${name}`) ?? look(`input.${wordsOf(title)}`) ?? (title || readable(name)),
    code,
    warning: (w) => warningText(intl, w),
    rows: (of) => rowsText(intl, of),
    value: (f, value) => valueText(intl, f, value, code),
    cell: (f, value) => valueText(intl, { ...f, unit: undefined }, value, code),
    unit: (ucum) => unitText(intl, ucum),
    country: (iso) => look(`country.${iso}`) ?? new Intl.DisplayNames([intl.locale], { type: 'region' }).of(iso) ?? iso,
    count: (n, digits = 0) => grouped(intl, n, digits),
    short: (n) => (Math.abs(n) < 10_000 ? grouped(intl, n, 2) : new Intl.NumberFormat(intl.locale, { notation: 'compact' }).format(n)),
    day: (iso) => dayText(intl, new Date(`${iso}T00:00:00Z`)),
    moment: (ms, whole) => momentText(intl, new Date(ms), whole),
    period: (ms, step) => periodText(intl, new Date(ms), step),
    clock: (clock, n, short) => clockText(intl, clock, n, short),
    list: (items) => new Intl.ListFormat(intl.locale, { type: 'conjunction' }).format(items),
    parts: (items) => items.filter(Boolean).join(commaOf(intl)),
    km: (metres) => distanceOf(intl, metres),
    length: (metres) => (metres < 1000 ? grouped(intl, metres, 0, 'meter') : grouped(intl, metres / 1000, figures(metres / 1000), 'kilometer')),
    duration: (minutes) => durationText(intl, Math.round(minutes)),
    area: (squareMetres) => (squareMetres < 1e5 ? intl.formatMessage({ id: 'unit.m2' }, { n: grouped(intl, squareMetres) }) : intl.formatMessage({ id: 'unit.km2' }, { n: grouped(intl, squareMetres / 1e6, figures(squareMetres / 1e6)) })),
  };
}

function rowsText(intl: IntlShape, { rows_used, rows_selected, rows_dropped }: Parameters<Words['rows']>[0]): string {
  const left = Object.entries(rows_dropped).filter(([, n]) => n > 0);
  const n = left.reduce((sum, [, rows]) => sum + rows, 0);
  const used = intl.formatMessage({ id: 'method.used' }, { used: grouped(intl, rows_used), selected: grouped(intl, rows_selected ?? rows_used + n) });
  if (!n) return used;
  const reasons = left.map(([reason, rows]) => `${grouped(intl, rows)} ${intl.formatMessage({ id: 'method.reason' }, { reason: reasonText(intl, reason) })}`);
  return `${used} ${intl.formatMessage({ id: 'method.dropped' }, { n: grouped(intl, n) })} ${reasons.join(commaOf(intl))}`;
}

/** The server says reasons in English; one that has a field in it is told with the field's name here. */
function reasonText(intl: IntlShape, reason: string): string {
  const id = `reason.${wordsOf(reason)}`;
  if (id in intl.messages) return intl.formatMessage({ id });
  const [, name, above] = /^states no (\w+)( above 0)?$/.exec(reason) ?? [];
  if (name === undefined) return readable(reason).toLowerCase();
  const known = `field.${name}`;
  const field = known in intl.messages ? intl.formatMessage({ id: known }) : readable(name);
  return intl.formatMessage({ id: above ? 'reason.states-none-above' : 'reason.states-no' }, { field: field.toLocaleLowerCase(intl.locale) });
}

const named: Record<string, string> = { field: 'field', other: 'field', collection: 'collection', process: 'process', period: 'time.step' };

/** What a sentence names: a field, of which it may name an other one, a collection, a process, a stretch of time, or a code. */
function namedText(intl: IntlShape, name: string, value: string): string {
  const known = `${named[name] ?? `code.${name}`}.${value}`;
  return known in intl.messages ? intl.formatMessage({ id: known }) : value;
}

function warningText(intl: IntlShape, { text, code, values }: Warning): string {
  const id = `said.${code ?? ''}`;
  if (!(id in intl.messages)) return text;
  const told = Object.entries(values).map(([name, v]): [string, string] => {
    const inner = innerWarning(v);
    if (inner) return [name, warningText(intl, inner)];
    if (typeof v === 'number') return [name, grouped(intl, v, 3)];
    return [name, String(v).split('+').map((part) => namedText(intl, name, part)).join(' + ')];
  });
  const all = Object.fromEntries(told);
  return intl.formatMessage({ id }, directionOf(languageOf(intl.locale)) === 'rtl' ? isolated(all) : all);
}

function valueText(intl: IntlShape, f: Field, value: unknown, code: Words['code']): string {
  if (value === null || value === undefined || value === '') return '';
  if (typeof value === 'boolean') return intl.formatMessage({ id: value ? 'value.yes' : 'value.no' });
  if (typeof value === 'number') return [grouped(intl, value, 3), unitText(intl, f.unit)].filter(Boolean).join(' ');
  if (Array.isArray(value)) return value.map((v) => valueText(intl, f, v, code)).join(commaOf(intl));
  if (typeof value === 'object') return JSON.stringify(value);
  const text = String(value);
  if (f.codes.includes(text)) return code(f.name, text);
  return f.format?.startsWith('date') ? dateText(intl, text, f.format) : text;
}

/** Each part of the unit by its name here, a square by its sign: "/(km.a)" is "/km·yr". What has no name stays as it is. */
function unitText(intl: IntlShape, ucum = ''): string {
  if (ucum === '1') return '';
  const nameOf = (part: string) => (`unit.of.${part}` in intl.messages ? intl.formatMessage({ id: `unit.of.${part}` }) : undefined);
  return ucum
    .replace(/[(){}]/g, '')
    .replace(/(\d+)\./g, '$1 ')
    .replaceAll('.', '·')
    .replace(/[A-Za-z]+2?/g, (part) => nameOf(part) ?? (part.endsWith('2') ? `${nameOf(part.slice(0, -1)) ?? part.slice(0, -1)}²` : part));
}

const hourText = (intl: IntlShape, at: Date) => `${intl.formatTime(at, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23', timeZone: 'UTC' })} UTC`;

function momentText(intl: IntlShape, at: Date, whole = false): string {
  if (Number.isNaN(at.getTime())) return '';
  const today = at.toISOString().slice(0, 10) === new Date().toISOString().slice(0, 10);
  return today && !whole ? hourText(intl, at) : `${dayText(intl, at)}, ${hourText(intl, at)}`;
}

/** "11 Apr 2016", and the hour in UTC where the field holds one that is not midnight. */
function dateText(intl: IntlShape, text: string, format: string): string {
  const time = new Date(text);
  if (Number.isNaN(time.getTime())) return text;
  const day = dayText(intl, time);
  const midnight = time.getTime() % 86_400_000 === 0;
  return format === 'date' || midnight ? day : `${day}, ${hourText(intl, time)}`;
}

/** Without the "г." that Russian puts after a year. */
const dayText = (intl: IntlShape, day: Date) => new Intl.DateTimeFormat(intl.locale, { day: 'numeric', month: 'short', year: 'numeric', timeZone: 'UTC' }).format(day).replace(/\sг\.$/, '');

function periodText(intl: IntlShape, start: Date, step: Step): string {
  if (step === 'day' || step === 'week') return dayText(intl, start);
  if (step === 'quarter') return intl.formatMessage({ id: 'time.quarter' }, { n: Math.floor(start.getUTCMonth() / 3) + 1, year: start.getUTCFullYear() });
  const month = step === 'month' ? ({ month: 'short' } as const) : {};
  return new Intl.DateTimeFormat(intl.locale, { year: 'numeric', ...month, timeZone: 'UTC' }).format(start);
}

/** @param minutes whole ones */
function durationText(intl: IntlShape, minutes: number): string {
  if (minutes < 60) return intl.formatMessage({ id: 'unit.minutes' }, { n: grouped(intl, minutes) });
  const rest = new Intl.NumberFormat(intl.locale, { minimumIntegerDigits: 2 }).format(minutes % 60);
  return intl.formatMessage({ id: 'unit.hours' }, { h: grouped(intl, Math.floor(minutes / 60)), m: rest });
}

function clockText(intl: IntlShape, clock: Clock, n: number, short = false): string {
  if (clock === 'hour') return new Intl.DateTimeFormat(intl.locale, { hour: '2-digit', ...(short ? {} : { minute: '2-digit' }), hourCycle: 'h23', timeZone: 'UTC' }).format(Date.UTC(2018, 0, 1, n));
  // 1 January 2018 was a Monday.
  return new Intl.DateTimeFormat(intl.locale, { weekday: short ? 'short' : 'long', timeZone: 'UTC' }).format(Date.UTC(2018, 0, n));
}

export function useWords(): Words {
  const intl = useIntl();
  return useMemo(() => makeWords(intl), [intl]);
}
