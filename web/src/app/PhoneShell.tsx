// The phone: one column. Bar, map, a sheet at three heights, time, tabs at the foot; a table in place of the map where it is wanted.
import { useRef, type PointerEvent } from 'react';
import { AlertsButton } from '../alerts/AlertsButton.tsx';
import { AlertsPanel } from '../alerts/AlertsPanel.tsx';
import { useLanding } from '../api/queries.ts';
import { useWords } from '../i18n/words.ts';
import { takeRuler } from '../map/gestures.ts';
import { ImportsPanel } from '../importing/ImportsPanel.tsx';
import { MapView } from '../map/MapView.tsx';
import { EditPanel } from '../edit/EditPanel.tsx';
import { ChangesPanel } from '../past/ChangesPanel.tsx';
import { AnalysesPanel } from '../panels/AnalysesPanel.tsx';
import { Cards } from '../panels/Cards.tsx';
import { ChartsPanel } from '../panels/ChartsPanel.tsx';
import { FiltersPanel } from '../panels/FiltersPanel.tsx';
import { FootprintPanel } from '../panels/FootprintPanel.tsx';
import { LayersPanel } from '../panels/LayersPanel.tsx';
import { TablePanel } from '../panels/TablePanel.tsx';
import { ViewsPanel } from '../panels/ViewsPanel.tsx';
import { TimeBar, TimeSection } from '../panels/TimeBar.tsx';
import { timedLayer } from '../panels/histogram.ts';
import { MedicalPanel } from '../medical/MedicalPanel.tsx';
import { PlanPanel } from '../planning/PlanPanel.tsx';
import { RoutesPanel } from '../routes/RoutesPanel.tsx';
import { useTools } from '../state/tools.ts';
import { useUi, type SheetHeight } from '../state/ui.ts';
import { useView } from '../state/view.ts';
import { workspaceOf } from '../state/workspace.ts';
import { IconButton } from '../ui/Button.tsx';
import { Icon, Mark, type IconName } from '../ui/Icon.tsx';
import { PlanButton, RoutesButton, AnalysesButton, ChangesButton, EditButton, ImportsButton, ViewsButton } from './EditButtons.tsx';
import { usePanel } from './openPanel.ts';
import { Strips } from './Strips.tsx';
import { WhoMenu } from '../signin/WhoMenu.tsx';
import { Coordinates } from './Coordinates.tsx';
import { GoTo } from './GoTo.tsx';
import { Classification, ShownText } from './StatusBar.tsx';
import { NoMap } from './Shell.tsx';
import { LanguageMenu, MissionMenu, PrintButton, ShareButton, ThemeButton } from './TopBar.tsx';
import { firstShown, useWorld } from './world.ts';

export function PhoneShell({ drawable }: { drawable: boolean }) {
  const table = useView((v) => v.table);
  const tabled = table !== undefined || !drawable;
  const panel = usePanel();
  const sheet = !tabled || panel === 'edit' || panel === 'changes' || panel === 'analyses' || panel === 'alerts' || panel === 'views' || panel === 'imports' || workspaceOf(panel) !== undefined;
  return (
    <div className="phone">
      <PhoneBar />
      <Strips />
      <main className="phone-body">
        {!drawable && <NoMap />}
        {tabled ? <TablePanel closable={false} /> : <PhoneMap />}
      </main>
      {sheet && <Sheet />}
      <TimeBar small />
      <Tabs drawable={drawable} />
    </div>
  );
}

function PhoneBar() {
  const { say } = useWords();
  const { search, drawer, set } = useUi();
  const { data } = useLanding();
  return (
    <header className="phone-bar">
      <Mark />
      <h1 className="only-read">{data?.title ?? 'Bivouac'}</h1>
      {search ? <GoTo done={() => set({ search: false })} /> : <><MissionMenu /><Classification /></>}
      <IconButton icon={search ? 'close' : 'search'} label={say('goto.label')} onPress={() => set({ search: !search, drawer: false })} />
      <IconButton icon="menu" label={say('menu.open')} aria-expanded={drawer} onPress={() => set({ drawer: !drawer })} />
      {drawer && <div className="phone-menu"><PlanButton /><RoutesButton /><AnalysesButton /><EditButton /><ImportsButton /><ChangesButton /><AlertsButton /><ViewsButton /><ShareButton /><PrintButton /><LanguageMenu /><ThemeButton /><WhoMenu /><p>{data?.loaded}</p><p>{say('status.stays')}</p></div>}
    </header>
  );
}

function PhoneMap() {
  const { say } = useWords();
  const { tool, hold } = useTools();
  /** The sheet makes room for the map. */
  const measure = () => {
    set({ sheet: 'heading' });
    takeRuler();
  };
  const set = useUi((u) => u.set);
  return (
    <div className="map-box">
      <MapView />
      <p className="phone-shown"><ShownText brief /></p>
      <div className="phone-tools"><IconButton icon="layers" label={say('layers.title')} onPress={() => set({ panel: 'layers', part: 'layers', place: undefined, sheet: 'half' })} /><IconButton icon="ruler" label={say('measure.open')} aria-pressed={tool === 'measure'} onPress={() => (tool === 'measure' ? hold(undefined) : measure())} /></div>
      <div className="phone-coords"><Coordinates /></div>
    </div>
  );
}

const heights: SheetHeight[] = ['heading', 'half', 'full'];
const next: Record<SheetHeight, SheetHeight> = { heading: 'half', half: 'full', full: 'heading' };
/** A pull of so many pixels is meant; less is a press. */
const pull = 24;

/** A press raises the sheet by a step, and from the top lowers it; a pull goes the way it was pulled. */
function useHandle() {
  const { sheet, set } = useUi();
  const from = useRef<number>(undefined);
  return {
    onPointerDown: (e: PointerEvent) => {
      from.current = e.clientY;
      e.currentTarget.setPointerCapture(e.pointerId);
    },
    onPointerUp: (e: PointerEvent) => {
      const by = from.current === undefined ? 0 : e.clientY - from.current;
      from.current = undefined;
      if (Math.abs(by) < pull) return;
      // The click that follows a pull is not a press.
      e.currentTarget.addEventListener('click', (c) => c.stopImmediatePropagation(), { once: true, capture: true });
      set({ sheet: heights[heights.indexOf(sheet) + (by < 0 ? 1 : -1)] ?? sheet });
    },
    onClick: () => set({ sheet: next[sheet] }),
  };
}

const parts = { layers: () => <LayersPanel filters={false} />, filters: () => <><TimeSection /><FiltersPanel /></>, charts: ChartsPanel, footprint: FootprintPanel, analyses: AnalysesPanel, edit: EditPanel, changes: ChangesPanel, alerts: AlertsPanel, views: ViewsPanel, routes: RoutesPanel, plan: PlanPanel, medical: MedicalPanel, imports: ImportsPanel };
type Part = keyof typeof parts;

function Sheet() {
  const { say } = useWords();
  const { sheet, place, group } = useUi();
  const part = useShownPart();
  const handle = useHandle();
  const selected = useView((v) => v.selected);
  const { layers } = useWorld();
  const card = place !== undefined || group !== undefined || (selected !== undefined && layers.some((l) => l.collection.id === selected.collection));
  const Part = parts[part];
  return (
    <section className="sheet" data-height={sheet} aria-label={say('sheet.label')}>
      <button type="button" className="sheet-handle" aria-label={say(`sheet.${next[sheet]}`)} {...handle}><i /></button>
      <div className="sheet-body">{card && part !== 'edit' ? <Cards floating={false} /> : <Part />}</div>
    </section>
  );
}

/** A tool may open the footprint from anywhere, and a link the charts; else it is what the tabs chose. */
function useShownPart(): Part {
  const part = useUi((u) => u.part);
  const panel = usePanel();
  const charts = useView((v) => v.charts);
  return panel !== 'layers' ? panel : charts ? 'charts' : part;
}

function Tabs({ drawable }: { drawable: boolean }) {
  const { say } = useWords();
  const set = useUi((u) => u.set);
  const part = useShownPart();
  const { layers } = useWorld();
  const table = useView((v) => v.table);
  const tabled = table !== undefined || !drawable;
  const show = (to: Part) => {
    const { openTable, select, showCharts } = useView.getState();
    openTable(undefined);
    select(undefined);
    showCharts(to === 'charts');
    set({ panel: to === 'footprint' ? 'footprint' : 'layers', part: to === 'filters' ? 'filters' : 'layers', place: undefined, group: undefined, sheet: to === 'layers' ? 'half' : 'full' });
  };
  const openTable = () => useView.getState().openTable(firstShown(layers)?.collection.id ?? layers[0]?.collection.id);
  return (
    <nav className="phone-tabs" aria-label={say('nav.title')}>
      {drawable && <Tab icon="layers" on={!tabled && part === 'layers'} label={say('nav.explore')} go={() => show('layers')} />}
      {drawable && <Tab icon="filter" on={!tabled && part === 'filters'} label={say('filters.title')} go={() => show('filters')} />}
      {drawable && timedLayer(layers) && <Tab icon="chart" on={!tabled && part === 'charts'} label={say('charts.title')} go={() => show('charts')} />}
      {drawable && layers.some((l) => l.collection.id === 'bases') && <Tab icon="rings" on={!tabled && part === 'footprint'} label={say('footprint.title')} go={() => show('footprint')} />}
      <Tab icon="table" on={tabled} label={say('table.title')} go={openTable} />
    </nav>
  );
}

function Tab({ icon, label, on, go }: { icon: IconName; label: string; on: boolean; go(): void }) {
  return <button type="button" aria-current={on ? 'page' : undefined} onClick={go}><Icon name={icon} />{label}</button>;
}
