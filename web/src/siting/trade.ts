// The figures behind the chart of what one aim costs another.
import type { Figures, FrontPoint } from '../api/siting.ts';
import type { Change } from '../state/scenario.ts';
import type { Aim } from '../state/siting.ts';

/** An aim as it is drawn: travel as the mean way, money in millions. */
export function valueOf(aim: Aim, figures: Figures): number {
  switch (aim) {
    case 'travel': return figures.mean;
    case 'sites': return figures.number;
    case 'price': return figures.price / 1e6;
    case 'medical': return figures.medical ?? NaN;
    default: return figures[aim];
  }
}

export type Corner = [x: number, y: number];

/** Those that no other is as good as in both aims: from each on, y is the least that can be had until the next. */
export function unbeaten(corners: Corner[]): Corner[] {
  const order = [...corners].sort(([a, b], [c, d]) => a - c || b - d);
  let least = Infinity;
  return order.filter(([, y]) => {
    if (y >= least) return false;
    least = y;
    return true;
  });
}

/** Room for all values and a tenth on both sides, never below none. */
export function roomOf(values: number[]): Corner {
  const [least, most] = [Math.min(...values), Math.max(...values)];
  const room = (most - least) * 0.08 || Math.max(1, Math.abs(most) * 0.1);
  return [least >= 0 ? Math.max(0, least - room) : least - room, most + room];
}

const text = (c: Change) => JSON.stringify([c.act, c.target, c.into, c.to?.coordinates]);

/** Whether two scenarios do the same, in whatever order. */
export const alike = (a: Change[], b: Change[]): boolean => a.length === b.length && JSON.stringify(a.map(text).sort()) === JSON.stringify(b.map(text).sort());

/** How sure a point is: the share by which a better one may have been missed. */
export type Sure = 'proved' | 'gap' | 'unknown';
export const sureOf = ({ gap }: Pick<FrontPoint, 'gap'>): Sure => (gap === undefined ? 'unknown' : gap > 0 ? 'gap' : 'proved');

/** The weight of all that is served, from a mean way and the sum of ways. */
export const weightOf = ({ travel, mean }: Figures): number | undefined => (mean > 0 ? travel / mean : undefined);
