// What is sought among the footprints: how many bases to keep, where one thing is best placed, or what one aim costs another. Kept in the link as fb=.
import { decoded } from './decoded.ts';

export const soughts = ['travel', 'close', 'reach', 'fewest', 'farthest', 'module', 'helicopter', 'front'] as const;
export type Sought = (typeof soughts)[number];

export const aims = ['price', 'sites', 'travel', 'cover', 'threat', 'medical'] as const;
export type Aim = (typeof aims)[number];
/** A front of more is no picture. */
export const mostAims = 4;

/** Where bases may open beside those that stand: at places, at bases that are drawn, or at both. */
export const candidateKinds = ['places', 'drawn'] as const;
export type Candidates = (typeof candidateKinds)[number];

export interface Siting {
  sought: Sought;
  /** How many bases to keep or to close, or how many things to place; absent: as many as the search likes. */
  number?: number;
  aims: Aim[];
  /** Keys of bases that stay, and of those that may not be sites. */
  keep: number[];
  close: number[];
  candidates: Candidates[];
  /** Further inputs, as the form of the process has them. */
  values: Record<string, unknown>;
}

export const emptySiting: Siting = { sought: 'travel', aims: ['price', 'travel'], keep: [], close: [], candidates: [], values: {} };

const enc = (text: string) => encodeURIComponent(text).replaceAll('~', '%7E');

export function formatSiting(siting: Siting | undefined): string | undefined {
  if (!siting) return undefined;
  const { sought, number, keep, close, candidates, values } = siting;
  const parts: [string, string | undefined][] = [
    ['s', sought],
    ['n', number === undefined ? undefined : String(number)],
    ['a', siting.aims.join(',')],
    ['k', keep.join('.')],
    ['x', close.join('.')],
    ['c', candidates.join(',')],
    ['v', Object.keys(values).length ? enc(JSON.stringify(values)) : undefined],
  ];
  return parts.filter(([, value]) => value).map(([name, value]) => `${name}:${value}`).join('~');
}

const keysOf = (text = '') => text.split('.').filter((k) => /^\d+$/.test(k)).map(Number);

/** Those that are known, each once, in the order of the text. */
function known<T extends string>(text: string | undefined, of: readonly T[]): T[] {
  const found = (text ?? '').split(',').flatMap((one) => of.find((o) => o === one) ?? []);
  return [...new Set(found)];
}

function valuesOf(text: string | undefined): Record<string, unknown> {
  try {
    const read: unknown = text ? JSON.parse(decoded(text)) : {};
    return typeof read === 'object' && read !== null && !Array.isArray(read) ? (read as Record<string, unknown>) : {};
  } catch {
    return {};
  }
}

/** What cannot be read is left out; nothing is sought where not even that can be read. */
export function parseSiting(text = ''): Siting | undefined {
  const parts = new Map(text.split('~').map((part) => [part.slice(0, 2), part.slice(2)]));
  const sought = soughts.find((s) => s === parts.get('s:'));
  if (!sought) return undefined;
  const number = Number(parts.get('n:'));
  const chosen = known(parts.get('a:'), aims).slice(0, mostAims);
  return {
    sought,
    ...(parts.has('n:') && Number.isInteger(number) && number > 0 && { number }),
    aims: chosen.length > 1 ? chosen : emptySiting.aims,
    keep: keysOf(parts.get('k:')), close: keysOf(parts.get('x:')),
    candidates: known(parts.get('c:'), candidateKinds),
    values: valuesOf(parts.get('v:')),
  };
}

/** What becomes of a base in the search: it stays, it may not be a site, or either. */
export type Rule = 'keep' | 'close' | undefined;

export const ruleOf = ({ keep, close }: Siting, key: number): Rule => (keep.includes(key) ? 'keep' : close.includes(key) ? 'close' : undefined);

export function ruled(siting: Siting, key: number, rule: Rule): Siting {
  const [keep, close] = [siting.keep, siting.close].map((keys) => keys.filter((k) => k !== key)) as [number[], number[]];
  return { ...siting, keep: rule === 'keep' ? [...keep, key] : keep, close: rule === 'close' ? [...close, key] : close };
}
