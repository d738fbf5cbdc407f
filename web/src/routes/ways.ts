// The ways between which one chooses: those of the exact front of time and risk, and others that share little with the fastest.
// Three of them have a letter; the rest are dots in the chart.
import { waysIn, type ToldWay } from '../api/ways.ts';
import type { Outcome } from '../api/execution.ts';

export const letters = ['A', 'B', 'C'] as const;
export type Letter = (typeof letters)[number];

export interface Way extends ToldWay {
  /** Its letter, or a number where it has none. */
  id: string;
  letter?: Letter;
  /** Its number on the front; absent: another way is as good in time and risk, and better in one. */
  front?: number;
  /** Its number among the alternatives of the fastest. */
  alternative?: number;
}

type Unnamed = Omit<Way, 'id' | 'letter'>;

/** Both answers are rounded alike. */
const same = (a: ToldWay, b: ToldWay) => a.minutes === b.minutes && a.km === b.km && a.risk === b.risk;

function joined(alternatives: ToldWay[], front: ToldWay[]): Unnamed[] {
  const ways: Unnamed[] = front.map((way) => ({ ...way, front: way.way, alternative: alternatives.find((a) => same(a, way))?.way }));
  return [...ways, ...alternatives.filter((a) => !ways.some((w) => same(a, w))).map((way) => ({ ...way, alternative: way.way }))];
}

/** The way between the two ends of the front that gives most of both: least time and risk as shares of what the ends are apart. */
function knee(front: Unnamed[]): Unnamed | undefined {
  const [first, last] = [front[0], front.at(-1)];
  if (!first || !last) return undefined;
  const [time, risk] = [last.minutes - first.minutes || 1, (first.risk ?? 0) - (last.risk ?? 0) || 1];
  const cost = (w: Unnamed) => (w.minutes - first.minutes) / time + ((w.risk ?? 0) - (last.risk ?? 0)) / risk;
  return front.slice(1, -1).sort((a, b) => cost(a) - cost(b))[0];
}

const byTime = (a: Unnamed, b: Unnamed) => a.minutes - b.minutes || (a.risk ?? 0) - (b.risk ?? 0);

/** The fastest first. */
export function waysOf(alternatives: Outcome | undefined, front: Outcome | undefined): Way[] {
  const all = joined(alternatives ? waysIn(alternatives) : [], front ? waysIn(front) : []).sort(byTime);
  const best = all.filter((w) => w.front !== undefined);
  const beaten = all.filter((w) => w.front === undefined);
  const wanted = [...best.slice(0, 1), ...best.slice(1).slice(-1), knee(best), ...beaten].filter((w) => w !== undefined);
  const lettered = [...new Set(wanted)].slice(0, letters.length).sort(byTime);
  const rest = all.filter((w) => !lettered.includes(w));
  const id = (w: Unnamed): Pick<Way, 'id' | 'letter'> => {
    const letter = letters[lettered.indexOf(w)];
    return letter ? { id: letter, letter } : { id: String(letters.length + 1 + rest.indexOf(w)) };
  };
  return all.map((w) => ({ ...w, ...id(w) }));
}

/** The chosen way, or the fastest where that one is not there. */
export const chosenOf = (ways: Way[], id: string | undefined): Way | undefined => ways.find((w) => w.id === id) ?? ways[0];

/** What is asked to be told all of one way; undefined: the alternatives' answer tells it, as the first way. */
export function detailOf(way: Way | undefined): { front?: number; alternatives?: number; first?: number } | undefined {
  if (!way || way.alternative === 1) return undefined;
  return way.front !== undefined ? { front: way.front, alternatives: 1 } : { first: way.alternative };
}

/** The chance in words of 100 where one is known, else the risk as it compares ways. */
export type RiskKind = 'chance' | 'relative' | 'unknown';
export const riskKind = (ways: Pick<Way, 'risk' | 'chance'>[]): RiskKind => (ways.some((w) => w.chance !== undefined) ? 'chance' : ways.some((w) => w.risk !== undefined) ? 'relative' : 'unknown');

/** What the chart and the list say: of 100 convoys how many meet an incident, or the relative risk. */
export const riskOf = ({ risk, chance }: Pick<Way, 'risk' | 'chance'>, kind: RiskKind): number | undefined => (kind === 'chance' ? (chance === undefined ? undefined : chance * 100) : kind === 'relative' ? risk : undefined);
