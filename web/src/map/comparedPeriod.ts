// What the two maps of a comparison show: the layer of each answer, and the records of its time.
import { useMemo } from 'react';
import type { Layer } from '../app/world.ts';
import { comparedOf, type Compared } from '../panels/comparedLayers.ts';
import { periodOf } from '../panels/question.ts';
import { useComparison } from '../state/comparison.ts';
import { useComparesFootprints } from '../planning/compared.ts';
import { datetimeOf, type TimeRange } from '../state/time.ts';

/** Absent where nothing is compared, its answers have nothing for the map, or the maps show footprints. */
export function useCompared(): Compared | undefined {
  const { pair, part, shade } = useComparison();
  const footprints = useComparesFootprints();
  return useMemo(() => (pair && !footprints ? comparedOf(pair.process, pair.sides, part, shade) : undefined), [pair, part, shade, footprints]);
}

/** The time of each side; undefined is all time. */
export function usePeriods(): [TimeRange | undefined, TimeRange | undefined] | undefined {
  const pair = useComparison((c) => c.pair);
  const compared = useCompared() !== undefined;
  return useMemo(() => (pair && compared ? [periodOf(pair.process, pair.sides[0]), periodOf(pair.process, pair.sides[1])] : undefined), [pair, compared]);
}

/** Layers whose records have a time, at the time of an answer instead of that of the page. */
export const ofPeriod = (layers: Layer[], period: TimeRange | undefined): Layer[] =>
  period ? layers.map((l) => (l.tiled && l.timed && l.tileQuery ? { ...l, tileQuery: { ...l.tileQuery, datetime: datetimeOf(period) ?? '' } } : l)) : layers;
