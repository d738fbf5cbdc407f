// Keys: / goes to the search, ? lists the keys, Escape closes the nearest card and gives the focus back to the map.
import { useEffect } from 'react';
import { useMap } from '../map/MapView.tsx';
import { useUi } from '../state/ui.ts';
import { useView } from '../state/view.ts';

const typing = (target: EventTarget | null) => target instanceof HTMLElement && (target.matches('input, textarea, select') || target.isContentEditable);

function closeNearest() {
  const [ui, view] = [useUi.getState(), useView.getState()];
  if (ui.place) ui.set({ place: undefined });
  else if (view.selected) view.select(undefined);
  else if (ui.drawer) ui.set({ drawer: false });
  else return;
  useMap.getState().map?.focus();
}

function pressed(e: KeyboardEvent) {
  if (e.ctrlKey || e.metaKey || e.altKey || e.defaultPrevented) return;
  if (e.key === 'Escape') return closeNearest();
  if (typing(e.target)) return;
  const act = actions[e.key];
  if (!act) return;
  e.preventDefault();
  act();
}

const actions: Record<string, () => void> = {
  '?': () => useUi.getState().set({ keys: true }),
  '/': () => {
    useUi.getState().set({ search: true });
    setTimeout(() => document.getElementById('goto')?.focus(), 30);
  },
  t: () => useView.getState().openTable(useView.getState().table ? undefined : 'bases'),
  // Without the tool there are no bases to pick.
  f: () => document.querySelector('[data-layer="bases"], .picker') && useUi.getState().set({ panel: useUi.getState().panel === 'footprint' ? 'layers' : 'footprint' }),
};

export function useShortcuts() {
  useEffect(() => {
    document.addEventListener('keydown', pressed);
    return () => document.removeEventListener('keydown', pressed);
  }, []);
}
