// The degree grid: its step by zoom, its lines, and the ticks that stand round the edge.

export interface View {
  west: number;
  south: number;
  east: number;
  north: number;
  zoom: number;
}

const steps = [30, 10, 5, 2, 1, 0.5, 0.2, 0.1, 0.05, 0.02, 0.01];

/** The smallest step whose lines stand at least 64 px apart along the equator. */
export function gridStep(zoom: number): number {
  const pixelsPerDegree = (512 * 2 ** zoom) / 360;
  return [...steps].reverse().find((s) => s * pixelsPerDegree >= 64) ?? 30;
}

/** Multiples of the step between two degrees, free of the dust of floating point. */
export function ticks(from: number, to: number, step: number): number[] {
  const first = Math.ceil(from / step - 1e-9);
  const count = Math.max(0, Math.floor(to / step + 1e-9) - first + 1);
  return Array.from({ length: Math.min(count, 400) }, (_, i) => +((first + i) * step).toFixed(2));
}

/** Those whose names stand whole between two edges, in pixels, so that none is cut nor stands on one of the other side. */
export const whole = <T extends { at: number }>(all: T[], from: number, to: number, half: number): T[] => all.filter(({ at }) => at >= from + half && at <= to - half);

/** Lines over the view and half of it more on every side. */
export function gridLines({ west, south, east, north, zoom }: View): GeoJSON.FeatureCollection {
  const step = gridStep(zoom);
  const [dx, dy] = [(east - west) / 2, (north - south) / 2];
  const [w, s, e, n] = [west - dx, Math.max(-85, south - dy), east + dx, Math.min(85, north + dy)];
  const lines = [...ticks(w, e, step).map((x) => [[x, s], [x, n]]), ...ticks(s, n, step).map((y) => [[w, y], [e, y]])];
  return { type: 'FeatureCollection', features: [{ type: 'Feature', properties: {}, geometry: { type: 'MultiLineString', coordinates: lines } }] };
}

/** "4° W", "0°", "15.5° N". */
export function degreeLabel(value: number, plus: string, minus: string): string {
  const turned = ((((value + 180) % 360) + 360) % 360) - 180;
  const shown = minus === 'W' ? turned : value;
  return shown === 0 ? '0°' : `${+Math.abs(shown).toFixed(2)}° ${shown < 0 ? minus : plus}`;
}
