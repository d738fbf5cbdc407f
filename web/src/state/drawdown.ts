// A scenario whose changes have days is a drawdown: on which days something changes, which day is looked at, and the steps from one to the next.
import type { Change } from './scenario.ts';
import { dayMs, dayOf, msOf, type Domain } from './time.ts';

export interface Drawdown {
  /** Days on which something changes, the first one first. */
  days: string[];
  changes: Change[];
  /** As of which the scenario is looked at: absent, after all changes. */
  day?: string;
}

/** The day before anything changes, and each on which something does. */
export const stopsOf = (days: string[]): string[] => [dayOf(msOf(days[0] ?? '') - dayMs), ...days];

/** The last stop by a moment: what holds then. */
export const stopAt = (days: string[], ms: number): string => stopsOf(days).findLast((stop) => msOf(stop) <= ms) ?? stopsOf(days)[0] ?? '';

/** The stop before or after the day that is looked at; undefined at either end. */
export function nextStop({ days, day }: Pick<Drawdown, 'days' | 'day'>, by: 1 | -1): string | undefined {
  const [stops, now] = [stopsOf(days), day ?? days.at(-1) ?? ''];
  return by > 0 ? stops.find((stop) => stop > now) : stops.findLast((stop) => stop < now);
}

/** All that the bar has records of, and the days of the drawdown with some room. */
export function groundOf([start, end]: Domain, days: string[]): Domain {
  const [first, last] = [msOf(stopsOf(days)[0] ?? ''), msOf(days.at(-1) ?? '') + dayMs];
  const room = (Math.max(end, last) - Math.min(start, first)) * 0.02;
  return [first < start ? first - room : start, last > end ? last + room : end];
}
