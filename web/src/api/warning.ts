// A sentence of the server: in English, and as a code with values by which the page says it in its language.
import { list, object, optional, or, record, text, type Decoder } from './decode.ts';

export interface Warning {
  text: string;
  /** Undefined for one that is in English alone. */
  code?: string;
  /** Numbers, texts, and warnings that are told within this one. */
  values: Record<string, unknown>;
}

const said = object({ code: optional(text), values: optional(record) });

/** Texts beside their codes, both in the same order. */
export function warningsIn(texts: string[], codes: unknown): Warning[] {
  const known = or(list(said), [])(codes, 'codes');
  return texts.map((t, i) => ({ text: t, code: known[i]?.code ?? undefined, values: known[i]?.values ?? {} }));
}

const whole = object({ text, code: optional(text), values: optional(record) });
/** A sentence that comes with its code. */
export const warning: Decoder<Warning> = (v, where) => {
  const { code, values, ...own } = whole(v, where);
  return { ...own, code: code ?? undefined, values: values ?? {} };
};

/** One that stands within another, undefined for a plain value. */
export const innerWarning = (value: unknown): Warning | undefined => (typeof value === 'object' && value !== null && 'text' in value ? warning(value, 'values') : undefined);

/** Each once. */
export const distinct = (all: Warning[]): Warning[] => all.filter((w, i) => all.findIndex((o) => o.text === w.text) === i);

const texts = list(text);
/** The member warnings of an answer's envelope, with its codes. */
export const withCodes = <T extends { warnings: string[]; warning_codes: unknown }>(decode: Decoder<T>): Decoder<Omit<T, 'warnings' | 'warning_codes'> & { warnings: Warning[] }> => (v, where) => {
  const { warnings, warning_codes: codes, ...rest } = decode(v, where);
  return { ...rest, warnings: warningsIn(texts(warnings, where), codes) };
};
