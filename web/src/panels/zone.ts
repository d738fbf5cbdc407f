// The time by which hours and weekdays are told: that of the mission's area, else UTC.
import { usePageOf } from '../api/queries.ts';
import { useWorld } from '../app/world.ts';
import { dayMs, type Domain } from '../state/time.ts';

export const universal = 'UTC';

/** The mission's time zone by its name in the IANA database; undefined while it is asked for. */
export function useMissionZone(): string | undefined {
  const { layers, mission } = useWorld();
  const known = mission !== '' && layers.some((l) => l.collection.id === 'areas' && l.fields.some((f) => f.name === 'timezone'));
  const asked = usePageOf('areas', { kind: 'mission', mission }, 1, known);
  if (known && asked.isPending) return undefined;
  const name = known ? asked.data?.items[0]?.properties.timezone : undefined;
  return typeof name === 'string' && hoursFromUtc(name, 0) !== undefined ? name : universal;
}

/** What clocks of a zone show more than those of UTC at a moment, in hours; undefined for what is no zone. */
function hoursFromUtc(zone: string, at: number): number | undefined {
  try {
    const parts = new Intl.DateTimeFormat('en-US', { timeZone: zone, timeZoneName: 'longOffset' }).formatToParts(at);
    const [, sign, hours, minutes] = /^GMT(?:([+-])(\d\d):(\d\d))?/.exec(parts.find((p) => p.type === 'timeZoneName')?.value ?? '') ?? [];
    return (sign === '-' ? -1 : 1) * (Number(hours ?? 0) + Number(minutes ?? 0) / 60);
  } catch {
    return undefined;
  }
}

const week = 7 * dayMs;

/** The same, where it is one whole number of hours all the time; a zone whose clocks change has none. */
export function shiftOf(zone: string, [start, end]: Domain): number | undefined {
  const first = hoursFromUtc(zone, start);
  if (first === undefined || !Number.isInteger(first)) return undefined;
  for (let t = start; t < end; t += week) if (hoursFromUtc(zone, t) !== first) return undefined;
  return hoursFromUtc(zone, end) === first ? first : undefined;
}

/** The hour in UTC of an hour of the clock, or the weekday of a weekday: what filters go by. Null: no single one. */
export function inUtc(clock: 'hour' | 'weekday', n: number, shift: number | undefined): string | null {
  if (clock === 'weekday') return shift === 0 ? String(n) : null;
  return shift === undefined ? null : String((((n - shift) % 24) + 24) % 24);
}
