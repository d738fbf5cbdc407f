// Words for what the server names by code: collections, fields, codes, values. A code without a translation is shown readable.
import { useMemo } from 'react';
import { useIntl, type IntlShape } from 'react-intl';
import type { Collection, Field } from '../api/shapes.ts';
import { languageOf, type MessageId } from './languages.ts';

type Values = Record<string, string | number>;

export interface Words {
  language: string;
  say(id: MessageId, values?: Values): string;
  collection(c: Pick<Collection, 'id' | 'title'>): string;
  field(f: Pick<Field, 'name' | 'title'>): string;
  code(field: string, code: string): string;
  /** Ready to read, with its unit. */
  value(f: Field, value: unknown): string;
  /** Ready for a column whose head states the unit. */
  cell(f: Field, value: unknown): string;
  /** By ISO 3166 code: the browser's own list (CLDR), but for those whose name there is not the one in use here. */
  country(iso: string): string;
  count(n: number): string;
  km(metres: number): string;
}

/** "mission_hq" -> "Mission hq": for codes nobody has translated. */
export function readable(code: string): string {
  const text = code.replaceAll('_', ' ').trim();
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** A narrow space between thousands, in every language. */
function grouped(intl: IntlShape, n: number, digits = 0, unit?: 'meter' | 'kilometer'): string {
  const measure = unit ? ({ style: 'unit', unit, unitDisplay: 'short' } as const) : {};
  const parts = new Intl.NumberFormat(intl.locale, { maximumFractionDigits: digits, useGrouping: 'always', ...measure }).formatToParts(n);
  return parts.map((p) => (p.type === 'group' ? '\u202f' : p.type === 'minusSign' ? '−' : p.value)).join('');
}

const distanceOf = (intl: IntlShape, metres: number) =>
  metres < 1000 ? grouped(intl, metres, 0, 'meter') : grouped(intl, metres / 1000, metres < 10000 ? 1 : 0, 'kilometer');

function makeWords(intl: IntlShape): Words {
  const look = (id: string) => (id in intl.messages ? intl.formatMessage({ id }) : undefined);
  const code = (field: string, c: string) => look(`code.${field}.${c}`) ?? look(`code.${c}`) ?? readable(c);
  return {
    language: languageOf(intl.locale),
    say: (id, values) => intl.formatMessage({ id }, values),
    collection: ({ id, title }) => look(`collection.${id}`) ?? (title || readable(id)),
    field: ({ name, title }) => look(`field.${name}`) ?? (title || readable(name)),
    code,
    value: (f, value) => valueText(intl, f, value, code),
    cell: (f, value) => valueText(intl, { ...f, unit: undefined }, value, code),
    country: (iso) => look(`country.${iso}`) ?? new Intl.DisplayNames([intl.locale], { type: 'region' }).of(iso) ?? iso,
    count: (n) => grouped(intl, n),
    km: (metres) => distanceOf(intl, metres),
  };
}

function valueText(intl: IntlShape, f: Field, value: unknown, code: Words['code']): string {
  if (value === null || value === undefined || value === '') return '';
  if (typeof value === 'boolean') return intl.formatMessage({ id: value ? 'value.yes' : 'value.no' });
  if (typeof value === 'number') return grouped(intl, value, 3) + (f.unit ? ` ${f.unit}` : '');
  if (Array.isArray(value)) return value.map((v) => valueText(intl, f, v, code)).join(', ');
  if (typeof value === 'object') return JSON.stringify(value);
  const text = String(value);
  if (f.codes.includes(text)) return code(f.name, text);
  return f.format?.startsWith('date') ? dateText(intl, text, f.format) : text;
}

/** "11 Apr 2016", and the hour in UTC where the field holds one that is not midnight. */
function dateText(intl: IntlShape, text: string, format: string): string {
  const time = new Date(text);
  if (Number.isNaN(time.getTime())) return text;
  const day = new Intl.DateTimeFormat(intl.locale, { day: 'numeric', month: 'short', year: 'numeric', timeZone: 'UTC' }).format(time);
  const midnight = time.getTime() % 86_400_000 === 0;
  return format === 'date' || midnight ? day : `${day}, ${intl.formatTime(time, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23', timeZone: 'UTC' })} UTC`;
}

export function useWords(): Words {
  const intl = useIntl();
  return useMemo(() => makeWords(intl), [intl]);
}
