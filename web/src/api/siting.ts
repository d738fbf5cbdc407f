// The one place that reads what the processes siting and siting-pareto answer.
import { isChange, type Change } from '../state/scenario.ts';
import { DecodeError, list, number, object, optional, or, record, text, type Decoder } from './decode.ts';
import type { Outcome } from './execution.ts';

const change: Decoder<Change> = (v, where) => {
  if (!isChange(v)) throw new DecodeError(where, 'a change', v);
  return v;
};
const flag: Decoder<boolean> = (v) => v === true;

/** A gap that is absent is not known. */
const proof = object({ proved: flag, value: optional(number), bound: optional(number), gap: optional(number), unit: or(text, '') });
export type Proof = ReturnType<typeof proof>;

/** What a set of sites is: ways in the unit of the question, people or places by the weight that was asked for. */
const standing = object({ sites: number, mean: optional(number), farthest: optional(number), covered: number, share: number, price: number, exposure: number, surgery: optional(number) });
export type Standing = ReturnType<typeof standing>;

const row = object({
  decision: text, name: or(text, ''), key: optional(number), price: optional(number), exposure: or(number, 0), breaks: or(text, ''),
  loss_mean: optional(number), loss_cover: optional(number), gain_mean: optional(number), gain_cover: optional(number),
});
export type SiteRow = ReturnType<typeof row>;

const choice = object({ proof, answer: standing, now: optional(standing), ranked: list(row), changes: list(change) });
export type ChoiceFound = ReturnType<typeof choice>;
export const choiceIn = ({ result }: Outcome): ChoiceFound => choice(result, 'siting');

const figures = { number, price: number, mean: number, travel: number, cover: number, threat: number, medical: optional(number) };
const nowFigures = object(figures);
export type Figures = ReturnType<typeof nowFigures>;

const point = object({ point: number, ...figures, gap: optional(number), open: or(text, ''), close: or(text, ''), changes: list(change) });
export type FrontPoint = ReturnType<typeof point>;

const front = object({ points: list(point), now: optional(nowFigures), complete: flag });
export type Front = ReturnType<typeof front>;
export const frontOf = ({ result }: Outcome): Front => front(record(result, 'siting-pareto'), 'siting-pareto');
