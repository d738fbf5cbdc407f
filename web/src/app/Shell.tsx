// The shell: bar, panel, map with its cards and table, status. On a narrow screen the panel is a drawer, on a phone a sheet.
import { useState, useSyncExternalStore } from 'react';
import { useWords } from '../i18n/words.ts';
import { AlertNews } from '../alerts/AlertNews.tsx';
import { AlertsPanel } from '../alerts/AlertsPanel.tsx';
import { canDraw } from '../map/canDraw.ts';
import { takeRuler } from '../map/gestures.ts';
import { MapView } from '../map/MapView.tsx';
import { DecisionDialog } from '../edit/DecisionDialog.tsx';
import { EditPanel } from '../edit/EditPanel.tsx';
import { RemoveDialog, UndoDialog } from '../edit/RemoveDialog.tsx';
import { ImportsPanel } from '../importing/ImportsPanel.tsx';
import { PageDrop } from '../importing/PageDrop.tsx';
import { LiveChip, useConnection } from '../live/LiveChip.tsx';
import { ChangesPanel } from '../past/ChangesPanel.tsx';
import { AnalysesPanel } from '../panels/AnalysesPanel.tsx';
import { Cards } from '../panels/Cards.tsx';
import { ChartsPanel } from '../panels/ChartsPanel.tsx';
import { FootprintPanel } from '../panels/FootprintPanel.tsx';
import { LayersPanel } from '../panels/LayersPanel.tsx';
import { MeasureCard } from '../panels/MeasureCard.tsx';
import { TablePanel } from '../panels/TablePanel.tsx';
import { ViewsPanel } from '../panels/ViewsPanel.tsx';
import { TimeBar } from '../panels/TimeBar.tsx';
import { timedLayer } from '../panels/histogram.ts';
import { FootprintAnswers } from '../planning/answers.ts';
import { PlanPanel } from '../planning/PlanPanel.tsx';
import { CareQuestions } from '../medical/answers.ts';
import { MedicalPanel } from '../medical/MedicalPanel.tsx';
import { RoutesPanel } from '../routes/RoutesPanel.tsx';
import { Asking } from '../routes/answers.ts';
import { takeSlot, useRoomy } from '../routes/slot.ts';
import { useAnalyses } from '../state/analyses.ts';
import { useUi } from '../state/ui.ts';
import { useView } from '../state/view.ts';
import { workspaceOf } from '../state/workspace.ts';
import { Button } from '../ui/Button.tsx';
import { Icon } from '../ui/Icon.tsx';
import { usePanel } from './openPanel.ts';
import { KeySheet } from './KeySheet.tsx';
import { PhoneShell } from './PhoneShell.tsx';
import { PrintView } from './PrintView.tsx';
import { useShortcuts } from './shortcuts.ts';
import { Strips } from './Strips.tsx';
import { StatusBar } from './StatusBar.tsx';
import { TopBar } from './TopBar.tsx';
import { firstShown, useMakeWorld, useWorld, WorldContext } from './world.ts';

function useMedia(query: string): boolean {
  return useSyncExternalStore(
    (tell) => {
      const media = matchMedia(query);
      media.addEventListener('change', tell);
      return () => media.removeEventListener('change', tell);
    },
    () => matchMedia(query).matches,
  );
}

export function Shell() {
  const world = useMakeWorld();
  useConnection();
  const phone = useMedia('(max-width: 599px)');
  const [drawable] = useState(canDraw);
  useShortcuts();
  return (
    <WorldContext value={world}>
      <SkipLinks drawable={drawable} />
      {phone ? <PhoneShell drawable={drawable} /> : <DeskShell drawable={drawable} />}
      <Answers />
      <KeySheet />
      <PrintView />
      <DecisionDialog />
      <RemoveDialog />
      <UndoDialog />
      <PageDrop />
      <Notice />
    </WorldContext>
  );
}

/** What a workspace shows is asked while it is open. */
function Answers() {
  const panel = usePanel();
  return panel === 'routes' ? <Asking /> : panel === 'plan' ? <FootprintAnswers /> : panel === 'medical' ? <CareQuestions /> : null;
}

function SkipLinks({ drawable }: { drawable: boolean }) {
  const { say } = useWords();
  const openTable = useView((v) => v.openTable);
  const table = useView((v) => v.table);
  const { layers } = useWorld();
  const toLayers = () => {
    useUi.getState().set({ panel: 'layers', part: 'layers', drawer: true });
    setTimeout(() => document.getElementById('layer-list')?.focus({ preventScroll: true }), 50);
  };
  const toTable = () => {
    if (!table) openTable(firstShown(layers)?.collection.id);
    setTimeout(() => document.getElementById('table')?.focus(), 50);
  };
  return (
    <nav className="skip" aria-label={say('skip.title')}>
      {drawable && <button type="button" onClick={() => document.querySelector<HTMLElement>('.maplibregl-canvas')?.focus()}>{say('skip.map')}</button>}
      <button type="button" onClick={toLayers}>{say('skip.layers')}</button>
      <button type="button" onClick={toTable}>{say('skip.table')}</button>
    </nav>
  );
}

const panels = { layers: LayersPanel, footprint: FootprintPanel, analyses: AnalysesPanel, edit: EditPanel, changes: ChangesPanel, alerts: AlertsPanel, views: ViewsPanel, routes: RoutesPanel, plan: PlanPanel, medical: MedicalPanel, imports: ImportsPanel };

function DeskShell({ drawable }: { drawable: boolean }) {
  const panel = usePanel();
  const drawer = useUi((u) => u.drawer);
  const table = useView((v) => v.table);
  const charts = useView((v) => v.charts === true) && workspaceOf(panel) === undefined;
  const routed = useView((v) => v.plan.mode === 'way' && v.plan.from !== undefined && v.plan.to !== undefined);
  const drawn = useView((v) => v.scenario.id !== undefined || v.scenario.changes !== undefined);
  const found = useAnalyses((a) => a.runs.siting?.outcome !== undefined || a.runs['siting-pareto']?.outcome !== undefined);
  const sought = useView((v) => v.siting !== undefined) && found;
  const roomy = useRoomy();
  const proof = roomy && ((panel === 'routes' && routed) || (panel === 'plan' && (drawn || sought)));
  const { say } = useWords();
  const Panel = panels[panel];
  return (
    <div className="shell" data-drawer={drawer} data-panel={panel} data-charts={charts || proof}>
      <TopBar />
      <Strips />
      <aside className="panel" aria-label={say(`${panel}.title`)}><Panel /></aside>
      <main className="stage" data-table={table !== undefined || !drawable} data-map={drawable}>
        <div className="map-box">
          {drawable ? <><MapView /><Cards floating /><TableHandle /></> : <NoMap />}
        </div>
        {(table !== undefined || !drawable) && <TablePanel closable={drawable} />}
      </main>
      {charts && <aside className="charts-panel" aria-label={say('charts.title')}><ChartsPanel /></aside>}
      {proof && <aside className="charts-panel" aria-label={say(panel === 'plan' ? 'compare.difference' : 'routes.front')} ref={takeSlot} />}
      <TimeBar />
      <StatusBar />
    </div>
  );
}

/** In place of the map where it cannot be drawn: why, and the tools that work by form alone. */
export function NoMap() {
  const { say } = useWords();
  const { layers } = useWorld();
  const set = useUi((u) => u.set);
  return (
    <div className="no-map" data-testid="no-map">
      <p role="status"><Icon name="warning" /> {say('map.noWebgl')}</p>
      <div className="tool-row">
        {layers.some((l) => l.collection.id === 'bases') && <Button icon="pencil" onPress={() => set({ panel: 'footprint', drawer: true })}>{say('footprint.open')}</Button>}
        <Button icon="plan" onPress={() => set({ panel: 'plan', drawer: true })}>{say('plan.title')}</Button>
        <Button icon="route" onPress={() => set({ panel: 'routes', drawer: true })}>{say('routes.title')}</Button>
        <Button icon="analyse" onPress={() => set({ panel: 'analyses', drawer: true })}>{say('analyses.title')}</Button>
        <Button icon="ruler" onPress={takeRuler}>{say('measure.open')}</Button>
      </div>
      <LiveChip />
      <AlertNews />
      <MeasureCard />
      <Cards floating={false} />
    </div>
  );
}

function TableHandle() {
  const { say, count } = useWords();
  const { layers } = useWorld();
  const table = useView((v) => v.table);
  const { openTable, charts, showCharts } = useView();
  const first = firstShown(layers);
  if (table !== undefined || !first) return null;
  return (
    <div className="table-handle">
      <Button look="quiet" icon="table" onPress={() => openTable(first.collection.id)}>
        {say('table.title')} <span>{first.counts.data ? say('table.handle', { n: count(first.counts.data.matched) }) : ''}</span>
      </Button>
      {!charts && timedLayer(layers) && <Button look="quiet" icon="chart" onPress={() => showCharts(true)}>{say('charts.title')}</Button>}
    </div>
  );
}

function Notice() {
  const { say } = useWords();
  const { notice, noticeUndo, set } = useUi();
  const undo = () => {
    set({ notice: undefined, noticeUndo: undefined });
    noticeUndo?.();
  };
  return <div className="toast" role="status">{notice && <p>{notice}{noticeUndo && <Button look="link" onPress={undo}>{say('undo.undo')}</Button>}</p>}</div>;
}
