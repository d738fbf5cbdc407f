// The one place that reads the answer of the indicator process: counts, shares and rates by period and by group.
import { anything, list, map, number, object, optional, or, text, type Decoder } from './decode.ts';

/** `of`: how many records state the number, the denominator. */
const rate = object({ of: optional(number), per_record: optional(number), lower: optional(number), upper: optional(number) });

const figures = {
  count: number,
  hits: or(number, 0),
  decided: optional(number),
  share: optional(number),
  share_lower: optional(number),
  share_upper: optional(number),
  /** Undefined: no record states the number. */
  sums: or(map(optional(number)), {}),
  rates: or(map(rate), {}),
};

const period = object({ start: text, end: text, ...figures });
const total = object(figures);
const group = object({ value: anything, ...figures });

const envelope = object({ method: or(text, ''), warnings: or(list(text), []) });

const result = object({ periods: or(list(period), []), total, groups: or(list(group), []) });

export interface Figures {
  count: number;
  /** Records of the numerator. */
  hits: number;
  /** Records that say whether they are hits: the denominator of the share. */
  decided?: number;
  share?: number;
  share_lower?: number;
  share_upper?: number;
  sums: Record<string, number | undefined>;
  rates: Record<string, ReturnType<typeof rate>>;
}

/** A stretch of time in milliseconds, its end outside. */
export interface Period extends Figures {
  start: number;
  end: number;
}

export interface Group extends Figures {
  /** Undefined: not known. */
  value?: string;
}

export interface Indicator {
  periods: Period[];
  total: Figures;
  groups: Group[];
  method: string;
  warnings: string[];
}

const moment = (text: string, where: string) => number(Date.parse(text), where);

export const indicator: Decoder<Indicator> = (v, where) => {
  const { result: asked, envelope: said } = object({ result, envelope })(v, where);
  const { periods, total: whole, groups } = asked;
  return {
    periods: periods.map((p) => ({ ...p, start: moment(p.start, 'start'), end: moment(p.end, 'end') })),
    total: whole,
    groups: groups.map((g) => ({ ...g, value: g.value === null || g.value === undefined ? undefined : String(g.value) })),
    method: said.method,
    warnings: said.warnings,
  };
};
