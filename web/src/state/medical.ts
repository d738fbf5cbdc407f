// What is asked of the chain of care: from where, by which light and by what. Kept in the link as md=.
import type { Place } from '../geo/geodesic.ts';
import { decodedInputs } from './decoded.ts';
import { formatPlaces, parsePlaces } from './drawn.ts';

/** Where a casualty lies: at a base, at a place that is a record, or anywhere. */
export type Scene = { base: number } | { town: number } | { at: Place };

export const bearers = ['air', 'road', 'mixed'] as const;
export type Bearer = (typeof bearers)[number];

export interface Medical {
  /** Absent: not chosen yet. */
  from?: Scene;
  /** Absent: by day. */
  night?: boolean;
  /** Absent: by whatever is quickest. */
  by?: Bearer;
  /** Other inputs, as they were typed. */
  inputs?: Record<string, unknown>;
  /** Asked of what is, though a scenario is drawn up. */
  asIs?: boolean;
}

export const noMedical: Medical = {};

const enc = (text: string) => encodeURIComponent(text).replaceAll('~', '%7E');

const sceneText = (from: Scene) => ('base' in from ? `b${from.base}` : 'town' in from ? `t${from.town}` : `@${formatPlaces([from.at])}`);

export function formatMedical({ from, night, by, inputs, asIs }: Medical): string | undefined {
  const parts: [string, string | undefined][] = [
    ['f', from && sceneText(from)],
    ['n', night ? '1' : undefined],
    ['y', by],
    ['i', inputs && Object.keys(inputs).length ? enc(JSON.stringify(inputs)) : undefined],
    ['z', asIs ? '1' : undefined],
  ];
  return parts.filter(([, value]) => value).map(([name, value]) => `${name}:${value}`).join('~') || undefined;
}

function parseScene(text = ''): Scene | undefined {
  if (text.startsWith('@')) {
    const [at] = parsePlaces(text.slice(1));
    return at && { at };
  }
  const key = Number(text.slice(1));
  if (!/^[bt]\d+$/.test(text) || !Number.isSafeInteger(key)) return undefined;
  return text.startsWith('b') ? { base: key } : { town: key };
}

/** What cannot be read is left out. */
export function parseMedical(text = ''): Medical {
  const parts = new Map(text.split('~').map((part) => [part.slice(0, 2), part.slice(2)]));
  const read: Medical = {
    from: parseScene(parts.get('f:')),
    night: parts.get('n:') === '1' || undefined,
    by: bearers.find((b) => b === parts.get('y:')),
    inputs: decodedInputs(parts.get('i:')),
    asIs: parts.get('z:') === '1' || undefined,
  };
  return Object.fromEntries(Object.entries(read).filter(([, value]) => value !== undefined));
}
