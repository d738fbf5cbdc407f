// Small decoders: an answer is checked where it comes in, so that the rest of the page can trust its types.

export class DecodeError extends Error {
  constructor(where: string, wanted: string, got: unknown) {
    super(`answer: ${where || 'the body'} should be ${wanted}, is ${got === null ? 'null' : Array.isArray(got) ? 'a list' : typeof got}`);
    this.name = 'DecodeError';
  }
}

export type Decoder<T> = (value: unknown, where: string) => T;

export const text: Decoder<string> = (v, where) => {
  if (typeof v !== 'string') throw new DecodeError(where, 'text', v);
  return v;
};

export const number: Decoder<number> = (v, where) => {
  if (typeof v !== 'number' || !Number.isFinite(v)) throw new DecodeError(where, 'a number', v);
  return v;
};

export const flag: Decoder<boolean> = (v, where) => {
  if (typeof v !== 'boolean') throw new DecodeError(where, 'true or false', v);
  return v;
};

export const anything: Decoder<unknown> = (v) => v;

export const record: Decoder<Record<string, unknown>> = (v, where) => {
  if (typeof v !== 'object' || v === null || Array.isArray(v)) throw new DecodeError(where, 'an object', v);
  return v as Record<string, unknown>;
};

export const list = <T>(item: Decoder<T>): Decoder<T[]> => (v, where) => {
  if (!Array.isArray(v)) throw new DecodeError(where, 'a list', v);
  return v.map((x, i) => item(x, `${where}[${i}]`));
};

export const map = <T>(item: Decoder<T>): Decoder<Record<string, T>> => (v, where) =>
  Object.fromEntries(Object.entries(record(v, where)).map(([k, x]) => [k, item(x, `${where}.${k}`)]));

/** Absent and null are the same: undefined. */
export const optional = <T>(item: Decoder<T>): Decoder<T | undefined> => (v, where) => (v === undefined || v === null ? undefined : item(v, where));

export const or = <T>(item: Decoder<T>, fallback: T): Decoder<T> => (v, where) => (v === undefined || v === null ? fallback : item(v, where));

type Shape = Record<string, Decoder<unknown>>;
type Decoded<S extends Shape> = { [K in keyof S]: ReturnType<S[K]> };

/** Members that are not named are left out. */
export const object = <S extends Shape>(shape: S): Decoder<Decoded<S>> => (v, where) => {
  const source = record(v, where);
  return Object.fromEntries(Object.entries(shape).map(([k, item]) => [k, item(source[k], where ? `${where}.${k}` : k)])) as Decoded<S>;
};
