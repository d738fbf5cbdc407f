// What the brief asks the server: the key figures by period, the change, how well places are known, and what the map is to show.
import { useEffect, useMemo, useRef } from 'react';
import { useQueries } from '@tanstack/react-query';
import { askPage } from '../api/ask.ts';
import type { Indicator } from '../api/indicator.ts';
import { useIndicator, useOutcome, useProcess, useProcesses } from '../api/queries.ts';
import { highest as highestMarking, markingOf } from '../api/marking.ts';
import type { Warning } from '../api/warning.ts';
import type { Item } from '../api/shapes.ts';
import { useWorld, type Layer } from '../app/world.ts';
import { nameOf } from '../map/layers/layer.ts';
import { useLayers } from '../map/ResultOnMap.tsx';
import { anchorOf } from '../map/shapes.ts';
import { questionsOf } from '../panels/ChartsPanel.tsx';
import { useHistogram, type Histogram } from '../panels/histogram.ts';
import type { Drawn } from '../panels/resultShapes.ts';
import { useAnalyses } from '../state/analyses.ts';
import { asInputs } from '../state/selection.ts';
import { datetimeOf, rangeOf, spanOf, type Step, type TimeRange } from '../state/time.ts';
import { useView } from '../state/view.ts';
import { briefStep, highest, lastYear, precisionOf, type Precision } from './figures.ts';

export interface Brief {
  layer: Layer;
  step: Step;
  /** Records of the mission, before filters and time. */
  all: number;
  figures: Indicator;
  /** The time that is compared with as long before it: the chosen one, or the last twelve months. */
  compared: TimeRange;
  change?: Indicator['comparison'];
  /** Absent: the records do not state it. */
  precision?: Precision;
  /** Pairs of records that may be one. */
  doubles?: number;
  warnings: Warning[];
}

/** The brief, or why there is none; neither while it is asked for. */
export function useBrief(): { brief?: Brief; error?: Error } {
  const histogram = useHistogram();
  const known = 'domain' in histogram ? histogram : undefined;
  const { figures, change, precision, quality, compared, step } = useAnswers(known);
  const failed = [figures, precision].find((q) => q.error)?.error ?? ('error' in histogram ? histogram.error : null);
  if (failed) return { error: failed };
  const waits = change.isPending || (precision.isPending && precision.isEnabled) || (quality.isPending && quality.isEnabled);
  if (!known || !figures.data || !compared || !step || waits) return {};
  const doubles = quality.data?.result.duplicates;
  return {
    brief: {
      layer: known.layer, step, compared, all: known.layer.counts.data?.all ?? 0, figures: figures.data, change: change.data?.comparison,
      precision: precision.data && precisionOf(precision.data.groups),
      doubles: Array.isArray(doubles) ? doubles.length : undefined,
      warnings: quality.data?.envelope?.warnings ?? [],
    },
  };
}

function useAnswers(histogram: Histogram | undefined) {
  const time = useView((v) => v.time);
  const offered = useOffered();
  const { layer, domain } = histogram ?? {};
  const step = domain && briefStep(time ? spanOf(time) : domain);
  const compared = domain && (time ?? rangeOf(lastYear(domain)));
  const counts = layer?.counts.data;
  const asked = layer && questionsOf(layer, undefined);
  const chosen = layer && counts && asInputs(layer.collection.id, counts.chosen);
  const has = layer?.fields.some((f) => f.name === 'place_precision');
  const sums = asked?.rates.length ? { sum: asked.rates } : {};
  return {
    step, compared,
    figures: useIndicator(asked?.now && step && { ...asked.now, ...sums, period: step, measure: 'count', trend: true }),
    change: useIndicator(layer && counts && compared && { ...asInputs(layer.collection.id, counts.timeless), datetime: datetimeOf(compared), period: 'none', measure: 'count', compare: 'before' }),
    precision: useIndicator(has ? chosen && { ...chosen, period: 'none', groupby: 'place_precision' } : undefined),
    quality: useOutcome('quality', offered('quality') ? chosen : undefined),
  };
}

function useOffered(): (id: string) => boolean {
  const { data } = useProcesses();
  return (id) => data?.some((p) => p.id === id) ?? false;
}

/** The answers that the map shows; where it shows none, hexagons of density are asked for, and become the open analysis. */
export function useInForceOnMap(layer: Layer | undefined): { layers: Drawn[]; waits: boolean } {
  const layers = useLayers();
  const { last, runs, run, choose } = useAnalyses();
  const offered = useOffered()('density');
  const known = useProcess(last ?? '', last !== undefined).isFetched;
  const begun = useRef(false);
  const chosen = layer?.counts.data?.chosen;
  const busy = runs[last ?? '']?.state === 'running' || (last !== undefined && !known);
  const wanted = !layers.length && !busy && offered && chosen !== undefined;
  useEffect(() => {
    if (!wanted || begun.current || !layer) return;
    begun.current = true;
    choose('density');
    void run('density', asInputs(layer.collection.id, chosen));
  }, [wanted, layer, chosen, choose, run]);
  const failed = runs.density?.state === 'failed' || runs.density?.state === 'dismissed';
  return { layers, waits: !layers.length && offered && !failed && !(last === 'density' && runs.density?.state === 'done' && known) };
}

/** Collections whose names say where something is. */
const landmarks = ['places', 'bases'];

export interface Named {
  name: string;
  metres: number;
}

/** The highest shapes of the uppermost layer, each with the nearest place or base. */
export function useHighest(layers: Drawn[], most: number) {
  const { layers: world } = useWorld();
  const top = layers.at(-1);
  const { field, features } = useMemo(() => (top ? highest(top.part, top.shade, most) : { field: undefined, features: [] }), [top, most]);
  const known = world.flatMap((l) => (landmarks.includes(l.collection.id) && l.counts.data ? [{ id: l.collection.id, query: l.counts.data.sent }] : []));
  const named = useQueries({
    queries: features.map((f) => {
      const near = anchorOf(f.geometry).map((v) => +v.toFixed(6)).join(',');
      return { queryKey: ['landmark', near, known], queryFn: ({ signal }: { signal: AbortSignal }) => askNearest(known, near, signal) };
    }),
  });
  return { field, rows: features.map((feature, i) => ({ feature, near: named[i]?.data?.near })), waits: named.some((q) => q.isPending) };
}

async function askNearest(known: { id: string; query: Record<string, string> }[], near: string, signal: AbortSignal): Promise<{ near?: Named; marking?: string }> {
  const pages = await Promise.all(known.map(({ id, query }) => askPage(id, { ...query, near, k: 1 }, signal)));
  const found = pages.flatMap((p) => p.items).map((item: Item): Named => ({ name: nameOf(item.properties), metres: Number(item.properties.distance_m) }));
  const marks = pages.flatMap(markingOf);
  return { near: found.filter((n) => n.name).sort((a, b) => a.metres - b.metres)[0], ...(marks.length && { marking: highestMarking(marks) }) };
}
