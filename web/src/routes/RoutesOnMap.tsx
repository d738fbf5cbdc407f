// The workspace on the map: the ways, what is reached, the places, and the handles that move them. Nothing of it stands while another panel is open.
import { useEffect, useMemo } from 'react';
import { usePanel } from '../app/openPanel.ts';
import { weakestIn, type Weakest } from '../api/ways.ts';
import { useWords } from '../i18n/words.ts';
import type { MapController } from '../map/controller.ts';
import { HandleButton, type Handle } from '../map/HandleButton.tsx';
import { useMoving } from '../map/MapFurniture.tsx';
import { boundsOf } from '../map/shapes.ts';
import type { Place } from '../geo/geodesic.ts';
import type { Stop } from '../state/plan.ts';
import { useTools } from '../state/tools.ts';
import { useUi } from '../state/ui.ts';
import { useView } from '../state/view.ts';
import { useAnswers, useTold, useWays } from './answers.ts';
import { planFeatures, reachFeatures, wayFeatures } from './drawn.ts';
import { LineHandle } from './LineHandle.tsx';
import { riskKind } from './ways.ts';
import { riskText, titleOf } from './WayList.tsx';

export function RoutesOnMap({ map }: { map: MapController }) {
  return usePanel() === 'routes' ? <Workspace map={map} /> : null;
}

function Workspace({ map }: { map: MapController }) {
  const plan = useView((v) => v.plan);
  useDrawings(map);
  useFit(map);
  useSentence();
  return (
    <>
      {plan.mode !== 'threat' && <Handles map={map} />}
      {plan.mode === 'way' && <LineHandle map={map} />}
      {plan.mode === 'way' && <WeakestCallout map={map} />}
    </>
  );
}

function useDrawings(map: MapController) {
  const plan = useView((v) => v.plan);
  const { ways, chosen, stale } = useWays();
  const { outcome, stale: old } = useTold();
  const reach = useAnswers((a) => a.reach);
  const features = useMemo(() => (plan.mode === 'way' ? wayFeatures(ways, chosen, old ? undefined : outcome, stale) : []), [plan.mode, ways, chosen, outcome, old, stale]);
  useEffect(() => map.setDrawing('ways', features), [map, features]);
  useEffect(() => map.setDrawing('plan', planFeatures(plan)), [map, plan]);
  const reached = useMemo(() => (plan.mode === 'reach' && plan.origins.length && reach.answer ? reachFeatures(reach.answer, reach.stale) : []), [plan.mode, plan.origins, reach]);
  useEffect(() => map.setDrawing('reached', reached), [map, reached]);
  useEffect(() => () => (['ways', 'plan', 'reached'] as const).forEach((source) => map.setDrawing(source, [])), [map]);
}

/** Both ends come into view when the second was set without the map. */
function useFit(map: MapController) {
  const { from, to } = useView((v) => v.plan);
  const [a, b] = [from?.at.join(), to?.at.join()];
  useEffect(() => {
    const { from: start, to: end } = useView.getState().plan;
    if (!start || !end) return;
    const { west, south, east, north } = map.view();
    const outside = [start, end].some(({ at: [lon, lat] }) => lon < west || lon > east || lat < south || lat > north);
    const bounds = outside && boundsOf([start, end].map(({ at }) => ({ type: 'Point', coordinates: at })));
    if (bounds) map.fit(bounds);
  }, [map, a, b]);
}

/** The chosen way in one sentence on the map. */
function useSentence() {
  const words = useWords();
  const { ways, chosen, stale } = useWays();
  const mode = useView((v) => v.plan.mode);
  const set = useUi((u) => u.set);
  const kind = riskKind(ways);
  const text = mode === 'way' && chosen ? words.say(kind === 'unknown' ? 'routes.sentencePlain' : kind === 'chance' ? 'routes.sentence' : 'routes.sentenceRelative', { way: chosen.id, name: titleOf(words, chosen, ways), time: words.duration(chosen.minutes), km: words.km(chosen.km * 1000), risk: riskText(words, chosen, kind) }) : undefined;
  useEffect(() => {
    if (mode === 'threat') return;
    set({ answer: text === undefined ? undefined : { text, stale } });
    return () => set({ answer: undefined });
  }, [mode, text, stale, set]);
}

const replaced = (list: Stop[], i: number, at: Place) => list.map((old, k) => (k === i ? { at } : old));
const without = (list: Stop[], i: number) => list.filter((_, k) => k !== i);

/** A place that was moved is no longer that of a record. */
function useHandles(): Handle[] {
  const { say } = useWords();
  const { mode, from, to, via, origins } = useView((v) => v.plan);
  const setPlan = useView((v) => v.setPlan);
  const stop = (id: string, name: string, { at }: Stop, move: Handle['move'], remove: () => void): Handle => ({ id, name, at, move, remove });
  if (mode === 'reach') return origins.map((s, i) => stop(`origin-${i}`, say('routes.origin', { n: i + 1 }), s, (at) => setPlan({ origins: replaced(origins, i, at) }), () => setPlan({ origins: without(origins, i) })));
  return [
    ...(from ? [stop('route-from', say('routes.from'), from, (at) => setPlan({ from: { at } }), () => setPlan({ from: undefined }))] : []),
    ...via.map((s, i) => stop(`route-via-${i}`, say('routes.via', { n: i + 1 }), s, (at) => setPlan({ via: replaced(via, i, at) }), () => setPlan({ via: without(via, i) }))),
    ...(to ? [stop('route-to', say('routes.to'), to, (at) => setPlan({ to: { at } }), () => setPlan({ to: undefined }))] : []),
  ];
}

function Handles({ map }: { map: MapController }) {
  useMoving(map);
  const drawing = useTools((t) => t.tool !== undefined);
  const handles = useHandles();
  return drawing ? null : handles.map((handle) => <HandleButton key={handle.id} map={map} handle={handle} />);
}

/** Where help is longest in coming, in words beside the place. */
function WeakestCallout({ map }: { map: MapController }) {
  useMoving(map);
  const { outcome, stale } = useTold();
  if (!outcome || stale) return null;
  const weakest = weakestIn(outcome).filter((w) => w.way === 1);
  const [first] = [...weakest].sort((a, b) => Number(b.help === 'reaction_force') - Number(a.help === 'reaction_force'));
  return first ? <Callout map={map} first={first} all={weakest} /> : null;
}

function Callout({ map, first, all }: { map: MapController; first: Weakest; all: Weakest[] }) {
  const { say, km, duration, code } = useWords();
  const { x, y } = map.project({ lon: first.at[0], lat: first.at[1] });
  const here = all.filter((w) => w === first || Math.abs(w.at_km - first.at_km) < 1);
  return (
    <div className="weak-callout" aria-hidden="true" style={{ left: x, top: y }}>
      <b>{say('routes.weakPoint', { km: km(first.at_km * 1000) })}</b>
      {here.map((w) => <span key={w.help}>{w.minutes === undefined ? say('routes.weakNone', { help: code('help', w.help).toLowerCase() }) : say('routes.weakHelp', { help: code('help', w.help), time: duration(w.minutes), base: w.from })}</span>)}
    </div>
  );
}
