// Keys: / goes to the search, ? lists the keys, Escape closes the nearest card and gives the focus back to the map.
import { useEffect } from 'react';
import { useMap } from '../map/MapView.tsx';
import { closeMeasured, finishPolygon, finishShape, takeBack, takeRuler } from '../map/gestures.ts';
import { finishLasso } from '../map/spaceGestures.ts';
import { useClock } from '../state/clock.ts';
import { useHistory } from '../state/history.ts';
import { useTools } from '../state/tools.ts';
import { openFilters, openPanel } from './openPanel.ts';
import { useUi } from '../state/ui.ts';
import { useView } from '../state/view.ts';

const typing = (target: EventTarget | null) => target instanceof HTMLElement && (target.matches('input, textarea, select') || target.isContentEditable);

/** What opens the drawer, where there is one: at a wide desk the panel always stands. */
const drawerOpener = () => [...document.querySelectorAll<HTMLElement>('.only-narrow button, .phone-bar [aria-expanded]')].find((b) => b.checkVisibility());

function closeNearest() {
  const [ui, view, tools] = [useUi.getState(), useView.getState(), useTools.getState()];
  if (tools.tool) tools.hold(undefined);
  else if (ui.result !== undefined) ui.set({ result: undefined });
  else if (ui.shift !== undefined) ui.set({ shift: undefined });
  else if (ui.group) ui.set({ group: undefined });
  else if (ui.place) ui.set({ place: undefined });
  else if (view.selected) view.select(undefined);
  else if (ui.drawer && drawerOpener()) {
    ui.set({ drawer: false });
    return drawerOpener()?.focus();
  }
  else return;
  useMap.getState().map?.focus();
}

/** Ctrl or Command with Z takes a step back, with Shift or with Y it brings it again. */
function stepped(e: KeyboardEvent): boolean {
  if (!(e.ctrlKey || e.metaKey) || e.altKey || typing(e.target)) return false;
  const key = e.key.toLowerCase();
  if (key === 'z' && !e.shiftKey) useHistory.getState().undo();
  else if (key === 'y' || key === 'z') useHistory.getState().redo();
  else return false;
  e.preventDefault();
  return true;
}

/** A dialog has the keys to itself. */
const inDialog = () => document.querySelector('[role="dialog"]') !== null;

/** Space presses a button; elsewhere it plays. */
const pressable = (target: EventTarget | null) => target instanceof HTMLElement && target.closest('button, a, label, [role="button"], [role="tab"], [role="option"], [tabindex="0"]:not(canvas)') !== null;

function pressed(e: KeyboardEvent) {
  if (inDialog() || stepped(e)) return;
  if (e.ctrlKey || e.metaKey || e.altKey || e.defaultPrevented) return;
  if (e.key === 'Escape') return closeNearest();
  if (typing(e.target) || (e.key === ' ' && pressable(e.target))) return;
  const act = actions[e.key];
  if (!act) return;
  e.preventDefault();
  act();
}

/** The tools of the filter by place: what they are for stands in the panel of the filters. */
function takeSpaceTool(tool: 'lasso' | 'circle') {
  const { tool: inHand, hold } = useTools.getState();
  if (inHand === tool) return hold(undefined);
  openFilters();
  hold(tool);
}

const actions: Record<string, () => void> = {
  '?': () => useUi.getState().set({ keys: true }),
  '/': () => {
    useUi.getState().set({ search: true });
    setTimeout(() => document.getElementById('goto')?.focus(), 30);
  },
  t: () => useView.getState().openTable(useView.getState().table ? undefined : 'incidents'),
  m: () => (useTools.getState().tool === 'measure' ? useTools.getState().hold(undefined) : takeRuler()),
  l: () => takeSpaceTool('lasso'),
  r: () => takeSpaceTool('circle'),
  a: () => openPanel(useUi.getState().panel === 'analyses' ? 'layers' : 'analyses'),
  d: () => openPanel(useUi.getState().panel === 'plan' ? 'layers' : 'plan'),
  w: () => openPanel(useUi.getState().panel === 'routes' ? 'layers' : 'routes'),
  n: () => document.querySelector<HTMLElement>('button:has(> [data-icon="bell"])')?.click(),
  b: () => {
    if (!document.querySelector('[data-layer="bases"], .picker')) return;
    useUi.getState().set({ panel: 'footprint', place: undefined });
    useTools.getState().hold('base');
  },
  // Shown only to those who may.
  e: () => document.querySelector<HTMLElement>('button:has(> [data-icon="edit"])')?.click(),
  i: () => document.querySelector<HTMLElement>('button:has(> [data-icon="upload"])')?.click(),
  p: () => useUi.getState().set({ print: true, paper: 'map' }),
  ' ': () => document.querySelector('.play') && useClock.getState().set({ playing: !useClock.getState().playing }),
  Backspace: takeBack,
  c: () => ({ measure: closeMeasured, polygon: finishPolygon, lasso: finishLasso }[useTools.getState().tool as string] ?? finishShape)(),
  // Without the tool there are no bases to pick.
  f: () => document.querySelector('[data-layer="bases"], .picker') && useUi.getState().set({ panel: useUi.getState().panel === 'footprint' ? 'layers' : 'footprint' }),
};

export function useShortcuts() {
  useEffect(() => {
    document.addEventListener('keydown', pressed);
    return () => document.removeEventListener('keydown', pressed);
  }, []);
}
