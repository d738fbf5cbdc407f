// The highest classification of what is on screen: of the answers that are shown now, and of the tiles in view.
import { useMemo, useSyncExternalStore } from 'react';
import { queries } from '../api/cache.ts';
import { highest, markingOf, type Marking } from '../api/marking.ts';
import { ofPeriod, usePeriods } from '../map/comparedPeriod.ts';
import { useMap } from '../map/MapView.tsx';
import { askedOf, tileMarking, useTileMarks } from '../map/tileMarks.ts';
import { useAnswers } from '../planning/answers.ts';
import { past } from '../state/past.ts';
import { useAnalyses } from '../state/analyses.ts';
import { useComparison } from '../state/comparison.ts';
import { useUi } from '../state/ui.ts';
import { useView } from '../state/view.ts';
import { useWorld } from './world.ts';

/** These say what there is, not what is shown. */
const unseen = new Set<unknown>(['collections', 'landing', 'session', 'messages', 'schema', 'queryables', 'process', 'tiles', 'file']);

const shownAnswers = (): Marking =>
  highest(queries.getQueryCache().findAll({ type: 'active', predicate: (q) => q.isActive() && !unseen.has(q.queryKey[0]) }).flatMap((q) => markingOf(q.state.data)));

const watch = (tell: () => void) => queries.getQueryCache().subscribe(tell);

export function useMarking(): Marking {
  const answers = useSyncExternalStore(watch, shownAnswers);
  const { reach, convoy, report } = useUi();
  const { runs, kept } = useAnalyses();
  const compared = useComparison((c) => c.pair?.sides);
  const planned = Object.values(useAnswers()).flatMap(({ answer }) => markingOf(answer));
  const results = [...Object.values(runs), ...kept].flatMap(({ outcome }) => markingOf(outcome)).concat((compared ?? []).flatMap(markingOf));
  return highest([answers, ...markingOf(reach), ...markingOf(convoy?.outcome), ...markingOf(report), ...planned, ...results, useTilesInView()]);
}

function useTilesInView(): Marking {
  const { layers } = useWorld();
  const marks = useTileMarks((t) => t.marks);
  const map = useMap((m) => m.map);
  const { position, asof } = useView();
  const periods = usePeriods();
  return useMemo(() => {
    if (!map || (!position && !asof && !Object.keys(marks).length)) return 'unclassified';
    const drawn = periods ? periods.flatMap((period) => ofPeriod(layers, period)) : layers;
    const shown = drawn.flatMap((l) => (l.visible && l.tiled && l.tileQuery ? [{ collection: l.collection.id, asked: askedOf({ ...l.tileQuery, ...past() }) }] : []));
    return tileMarking(marks, map.view(), shown);
  }, [layers, marks, map, position, asof, periods]);
}
