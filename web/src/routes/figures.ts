// The figures behind the charts of a way.
import type { Along, Stretch } from '../api/ways.ts';

/** Room for all times and a tenth on both sides; half an hour where they are one. */
export function timeRoom(minutes: number[]): [from: number, to: number] {
  const [least, most] = [Math.min(...minutes), Math.max(...minutes)];
  const room = Math.max((most - least) * 0.1, 15);
  return [Math.max(0, least - room), most + room];
}

const steps = [15, 30, 60, 120, 180, 300, 360, 600, 720, 1440, 2880, 7200, 14400];
const mostTicks = 6;

/** Round times within, in minutes. */
export function hourTicks(from: number, to: number): number[] {
  const step = steps.find((s) => (to - from) / s <= mostTicks) ?? 28800;
  const first = Math.ceil(from / step) * step;
  return Array.from({ length: Math.max(0, Math.floor((to - first) / step) + 1) }, (_, i) => first + i * step);
}

/** The stretch that holds a kilometre of the way. */
export const stretchAt = (stretches: Stretch[], km: number): Stretch | undefined => stretches.find((s) => km >= s.from_km && km < s.to_km) ?? stretches.at(-1);

/** Records along the first way: all, and by outcome, the most first. */
export function alongFirst(along: Along[]): { all: number; by: { outcome?: string; records: number }[] } {
  const first = along.filter((a) => a.way === 1);
  return { all: first.reduce((sum, a) => sum + a.records, 0), by: first.map(({ outcome, records }) => ({ outcome, records })).sort((a, b) => b.records - a.records) };
}
