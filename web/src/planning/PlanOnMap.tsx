// The workspace on the map: what closes, moves and opens, who gains and who loses, and the handle by which the open base is moved.
import { useEffect, useMemo } from 'react';
import { balanceIn, shiftsIn } from '../api/footprints.ts';
import { useLayer } from '../app/world.ts';
import { usePanel } from '../app/openPanel.ts';
import type { Place } from '../geo/geodesic.ts';
import { useWords } from '../i18n/words.ts';
import type { MapController } from '../map/controller.ts';
import { HandleButton } from '../map/HandleButton.tsx';
import { symbolOf } from '../map/layers/index.ts';
import { useMoving } from '../map/MapFurniture.tsx';
import { moved, type Change } from '../state/scenario.ts';
import { usePrefs } from '../state/prefs.ts';
import { useTools } from '../state/tools.ts';
import { useUi } from '../state/ui.ts';
import { useAnswers, useChanges } from './answers.ts';
import { baseFeatures, shiftFeatures } from './drawn.ts';
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
  const row = rows.find((r) => r.key === open && !r.gone && r.before);
  useBases(map, rows);
  useShifts(map);
  useSentence();
  return row && changes && !tool ? <MoveHandle map={map} row={row} changes={changes} /> : null;
}

/** Drawn anew in another theme, for symbols are pictures. */
function useBases(map: MapController, rows: BaseRow[]) {
  const layer = useLayer('bases');
  const theme = usePrefs((p) => p.theme);
  const features = useMemo(() => {
    const items = layer?.records.data?.items ?? [];
    const propertiesOf = (row: BaseRow) => ({ kind: 'company', ...items.find((i) => i.key === row.key)?.properties, ...row.fate.change?.fields });
    return layer ? baseFeatures(rows, { symbol: (row, status) => symbolOf(layer.collection, { ...propertiesOf(row), status }) ?? '' }) : [];
  }, [rows, layer]);
  useEffect(() => map.setDrawing('scenario', features), [map, features, theme]);
  useEffect(() => () => map.setDrawing('scenario', []), [map]);
}

function useShifts(map: MapController) {
  const { answer, stale } = useAnswers((a) => a.compare);
  const features = useMemo(() => (answer ? shiftFeatures(shiftsIn(answer), stale) : []), [answer, stale]);
  useEffect(() => map.setDrawing('shifts', features), [map, features]);
  useEffect(() => () => map.setDrawing('shifts', []), [map]);
}

/** Who gains and who loses, in one sentence on the map. */
function useSentence() {
  const { say, count } = useWords();
  const { answer, stale } = useAnswers((a) => a.compare);
  const title = useScenarioTitle();
  const set = useUi((u) => u.set);
  const b = answer && balanceIn(answer);
  const text = b && say('plan.sentence', { title, gained: count(b.people_gained), lost: count(b.people_lost) });
  useEffect(() => {
    if (!text) return;
    set({ answer: { text, stale } });
    return () => set({ answer: undefined });
  }, [text, stale, set]);
}

function MoveHandle({ map, row, changes }: { map: MapController; row: BaseRow; changes: Change[] }) {
  useMoving(map);
  const { key, name, fate, before } = row;
  const at: Place = fate.move?.to?.coordinates ?? before?.at ?? row.station.at;
  return <HandleButton map={map} handle={{ id: `plan-${key}`, name, at, hint: 'plan.handle', move: (to) => setChanges(moved(changes, { key, name }, to)) }} />;
}
