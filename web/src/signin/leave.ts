// What is of a user goes when he does: answers, edits, steps of undo, news. The page is then as one that was just opened.
import { forgetAlerts } from '../alerts/store.ts';
import { forgetImports } from '../importing/store.ts';
import { queries } from '../api/cache.ts';
import { setEditor } from '../edit/store.ts';
import { forgetNews } from '../live/store.ts';
import { useTileMarks } from '../map/tileMarks.ts';
import { forgetFound } from '../siting/store.ts';
import { forgetAnalyses } from '../state/analyses.ts';
import { forgetComparison } from '../state/comparison.ts';
import { forgetSteps } from '../state/history.ts';
import { forgetKept } from '../state/keptStore.ts';
import { useTools } from '../state/tools.ts';
import { useUi } from '../state/ui.ts';

const ofEveryone = new Set<unknown>(['session', 'messages']);

/** Forgets all that the page holds in memory; the link stays, for whoever signs in again to go on. */
export function forget() {
  queries.removeQueries({ predicate: (q) => !ofEveryone.has(q.queryKey[0]) });
  setEditor('');
  forgetSteps();
  forgetNews();
  forgetKept();
  forgetComparison();
  forgetAnalyses();
  forgetAlerts();
  forgetFound();
  forgetImports();
  useTileMarks.setState({ marks: {} });
  useTools.getState().hold(undefined);
  useUi.getState().set({ panel: 'layers', place: undefined, group: undefined, shift: undefined, former: undefined, notice: undefined, noticeUndo: undefined, answer: undefined, reach: undefined, print: false, paper: 'map', convoy: undefined, drawer: false });
}

/** Leaves nothing: not the link, not the memory of the tab, not what the back button would bring. */
export function leave() {
  forget();
  location.replace(location.pathname);
}

/** A page that the browser has kept whole, and shows again, may be somebody else's. */
export function neverKept() {
  addEventListener('pageshow', (e) => e.persisted && location.reload());
}
