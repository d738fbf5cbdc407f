// The workspace on the map: what closes, moves and opens, who gains and who loses, and the handle by which the open base is moved.
import { useEffect, useMemo } from 'react';
import type { Feature } from 'geojson';
import { balanceIn, shiftsIn } from '../api/footprints.ts';
import { useLayer } from '../app/world.ts';
import { usePanel } from '../app/openPanel.ts';
import type { Place } from '../geo/geodesic.ts';
import { useWords } from '../i18n/words.ts';
import { useSecondMap } from '../map/ComparedMap.tsx';
import type { MapController } from '../map/controller.ts';
import { HandleButton } from '../map/HandleButton.tsx';
import { symbolOf } from '../map/layers/index.ts';
import { useMoving } from '../map/MapFurniture.tsx';
import { useMap } from '../map/MapView.tsx';
import { holds, moved, reopenedAs, type Change } from '../state/scenario.ts';
import { usePrefs } from '../state/prefs.ts';
import { useTools } from '../state/tools.ts';
import { useUi } from '../state/ui.ts';
import { useView } from '../state/view.ts';
import { useAnswers, useChanges } from './answers.ts';
import { KeyOnMap } from './ComparedKey.tsx';
import { useComparesFootprints } from './compared.ts';
import { baseFeatures, looksOf, shiftFeatures } from './drawn.ts';
import type { BaseRow } from './figures.ts';
import { useRows } from './PlanPanel.tsx';
import { setChanges, usePlanning } from './store.ts';
import { useScenarioTitle } from './title.ts';

export function PlanOnMap({ map }: { map: MapController }) {
  return usePanel() === 'plan' ? <Workspace map={map} /> : null;
}

function Workspace({ map }: { map: MapController }) {
  const { rows } = useRows();
  const open = usePlanning((p) => p.open);
  const changes = useChanges();
  const tool = useTools((t) => t.tool);
  const row = rows.find((r) => r.key === open && !r.gone);
  const layer = useComparesFootprints();
  const second = useSecondMap((m) => m.map);
  const bases = useBases(rows);
  const shifts = useShifts();
  // Compared, the first map is that of the base line, and a layer of its own takes the place of who gains and who loses.
  useDrawing(map, 'scenario', layer ? none : bases);
  useDrawing(second, 'scenario', layer ? bases : none);
  useDrawing(map, 'shifts', !layer || layer === 'shifts' ? shifts : none);
  useDrawing(second, 'shifts', layer === 'shifts' ? shifts : none);
  useSentence(layer === undefined);
  return (
    <>
      {row && changes && !tool && <MoveHandle map={map} row={row} changes={changes} />}
      <KeyOnMap />
    </>
  );
}

const none: Feature[] = [];

/** Drawn anew in another theme, for symbols are pictures. A map that is gone in this very moment is nobody's to draw on. */
function useDrawing(map: MapController | undefined, source: 'scenario' | 'shifts', features: Feature[]) {
  const theme = usePrefs((p) => p.theme);
  useEffect(() => {
    const here = () => map !== undefined && (map === useMap.getState().map || map === useSecondMap.getState().map);
    if (here()) map?.setDrawing(source, features);
    return () => void (here() && map?.setDrawing(source, none));
  }, [map, source, features, theme]);
}

function useBases(rows: BaseRow[]): Feature[] {
  const layer = useLayer('bases');
  const changes = useChanges();
  const day = useView((v) => v.scenario.day);
  return useMemo(() => {
    const items = layer?.records.data?.items ?? [];
    const symbol = (row: BaseRow, state: 'open' | 'closed' | 'changed') => (layer && symbolOf(layer.collection, looksOf(row, items, changes, day, state === 'closed'), state === 'changed')) ?? '';
    return layer ? baseFeatures(rows, { symbol, holds: (c) => holds(c, day) }) : none;
  }, [rows, layer, changes, day]);
}

function useShifts(): Feature[] {
  const { answer, stale } = useAnswers((a) => a.compare);
  return useMemo(() => (answer ? shiftFeatures(shiftsIn(answer), stale) : none), [answer, stale]);
}

/** Who gains and who loses, in one sentence on the map; the heads of two maps stand in its place. */
function useSentence(wanted: boolean) {
  const { say, count } = useWords();
  const { answer, stale } = useAnswers((a) => a.compare);
  const title = useScenarioTitle();
  const set = useUi((u) => u.set);
  const b = answer && wanted ? balanceIn(answer) : undefined;
  const text = b && say('plan.sentence', { title, gained: count(b.people_gained), lost: count(b.people_lost) });
  useEffect(() => {
    if (!text) return;
    set({ answer: { text, stale } });
    return () => set({ answer: undefined });
  }, [text, stale, set]);
}

function MoveHandle({ map, row, changes }: { map: MapController; row: BaseRow; changes: Change[] }) {
  useMoving(map);
  const { key, name, fate, opening, station } = row;
  const place = (opening === undefined ? fate.move : changes[opening])?.to?.coordinates;
  const move = (to: Place) => setChanges(opening === undefined ? moved(changes, { key, name }, to) : reopenedAs(changes, opening, { at: to }));
  return <HandleButton map={map} handle={{ id: `plan-${key}`, name, at: place ?? station.at, hint: 'plan.handle', move }} />;
}
