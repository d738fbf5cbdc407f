// What the time bar stands on: the collection it counts, all the time there is, and the records of each period that pass every other filter.
import { useIndicator } from '../api/queries.ts';
import type { Indicator, Period } from '../api/indicator.ts';
import { useWorld, type Layer } from '../app/world.ts';
import { asInputs } from '../state/selection.ts';
import { barStep, spanOf, type Domain, type Step, type TimeRange } from '../state/time.ts';
import { useView } from '../state/view.ts';

/** Incidents where there are any; else the first layer on the map that has a time. */
export const timedLayer = (layers: Layer[]): Layer | undefined => layers.find((l) => l.collection.id === 'incidents' && l.timed) ?? layers.find((l) => l.timed && l.visible);

export interface Histogram {
  layer: Layer;
  domain: Domain;
  step: Step;
  bars: Period[];
  stale: boolean;
}

/** From the first period that has a record to the last, and as far as the chosen range. */
export function domainOf(periods: Period[], range: TimeRange | undefined): Domain | undefined {
  const first = periods.find((p) => p.count > 0);
  const last = periods.findLast((p) => p.count > 0);
  const spans = [...(first && last ? [[first.start, last.end]] : []), ...(range ? [spanOf(range)] : [])];
  return spans.length ? [Math.min(...spans.map((s) => s[0] ?? 0)), Math.max(...spans.map((s) => s[1] ?? 0))] : undefined;
}

export function useHistogram(): Histogram | { layer?: Layer; asked?: Indicator; error: Error | null; retry(): void } {
  const { layers } = useWorld();
  const range = useView((v) => v.time);
  const layer = timedLayer(layers);
  const counts = layer?.counts.data;
  const whole = useIndicator(layer && counts && { ...asInputs(layer.collection.id, counts.whole), period: 'month' });
  const domain = whole.data && domainOf(whole.data.periods, range);
  const step = domain ? barStep(domain) : 'month';
  const bars = useIndicator(layer && counts && domain && { ...asInputs(layer.collection.id, counts.timeless), period: step });
  if (layer && domain && bars.data) return { layer, domain, step, bars: bars.data.periods, stale: bars.isPlaceholderData };
  return { layer, asked: whole.data, error: whole.error ?? bars.error, retry: () => void (whole.error ? whole.refetch() : bars.refetch()) };
}
