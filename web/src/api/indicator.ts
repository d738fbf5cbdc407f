// The one place that reads the answer of the indicator process: counts, shares and rates by period and by group.
import { anything, list, map, number, object, optional, or, text, type Decoder } from './decode.ts';
import type { Warning } from './warning.ts';
import { envelope, type Envelope } from './envelope.ts';

/** `of`: how many records state the number, the denominator. */
const rate = object({ of: optional(number), per_record: optional(number), lower: optional(number), upper: optional(number) });

const figures = {
  count: number,
  hits: or(number, 0),
  decided: optional(number),
  share: optional(number),
  share_lower: optional(number),
  share_upper: optional(number),
  /** The main figure and its interval, where a measure is asked for. */
  figure: optional(number),
  figure_lower: optional(number),
  figure_upper: optional(number),
  without_place: optional(number),
  /** Undefined: no record states the number. */
  sums: or(map(optional(number)), {}),
  rates: or(map(rate), {}),
};

const period = object({ start: text, end: text, ...figures });
const total = object(figures);
const group = object({ value: anything, ...figures });

const change = object({ now: optional(number), before: optional(number), percent: optional(number), percent_lower: optional(number), percent_upper: optional(number), p: optional(number), heading: text });
const comparison = object({ start: text, end: text, total: change });
const trend = object({ heading: text, p: number, slope: optional(number), slope_lower: optional(number), slope_upper: optional(number), periods: number, left_out: or(number, 0) });

const result = object({ periods: or(list(period), []), total, groups: or(list(group), []), comparison: optional(comparison), trend: optional(trend) });

export interface Figures {
  count: number;
  /** Records of the numerator. */
  hits: number;
  /** Records that say whether they are hits: the denominator of the share. */
  decided?: number;
  share?: number;
  share_lower?: number;
  share_upper?: number;
  figure?: number;
  figure_lower?: number;
  figure_upper?: number;
  /** Records without a place, of those counted. */
  without_place?: number;
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
  /** Against an earlier time, which begins and ends at these moments; its heading is "up", "down" or "not shown". */
  comparison?: { start: number; end: number; total: ReturnType<typeof change> };
  trend?: ReturnType<typeof trend>;
  method: string;
  warnings: Warning[];
  envelope: Envelope;
}

const moment = (text: string, where: string) => number(Date.parse(text), where);

export const indicator: Decoder<Indicator> = (v, where) => {
  const { result: asked, envelope: said } = object({ result, envelope })(v, where);
  const { periods, total: whole, groups, comparison: against } = asked;
  return {
    periods: periods.map((p) => ({ ...p, start: moment(p.start, 'start'), end: moment(p.end, 'end') })),
    total: whole,
    groups: groups.map((g) => ({ ...g, value: g.value === null || g.value === undefined ? undefined : String(g.value) })),
    comparison: against && { ...against, start: moment(against.start, 'start'), end: moment(against.end, 'end') },
    trend: asked.trend,
    method: String(said.method),
    warnings: said.warnings,
    envelope: said,
  };
};
