// The phone: one column. Bar, map, a sheet at three heights, tabs at the foot; a table in place of the map where it is wanted.
import { useLanding } from '../api/queries.ts';
import { useWords } from '../i18n/words.ts';
import { MapView } from '../map/MapView.tsx';
import { Cards } from '../panels/Cards.tsx';
import { FootprintPanel } from '../panels/FootprintPanel.tsx';
import { LayersPanel } from '../panels/LayersPanel.tsx';
import { TablePanel } from '../panels/TablePanel.tsx';
import { useUi, type SheetHeight } from '../state/ui.ts';
import { useView } from '../state/view.ts';
import { IconButton } from '../ui/Button.tsx';
import { Icon, Mark, type IconName } from '../ui/Icon.tsx';
import { Coordinates } from './Coordinates.tsx';
import { GoTo } from './GoTo.tsx';
import { Classification, ShownText } from './StatusBar.tsx';
import { NoMap } from './Shell.tsx';
import { LanguageMenu, MissionMenu, ShareButton, ThemeButton } from './TopBar.tsx';
import { useWorld } from './world.ts';

export function PhoneShell({ drawable }: { drawable: boolean }) {
  const table = useView((v) => v.table);
  const tabled = table !== undefined || !drawable;
  return (
    <div className="phone">
      <PhoneBar />
      <main className="phone-body">
        {!drawable && <NoMap />}
        {tabled ? <TablePanel closable={false} /> : <PhoneMap />}
      </main>
      {!tabled && <Sheet />}
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
      {drawer && <div className="phone-menu"><ShareButton /><LanguageMenu /><ThemeButton /><p>{data?.loaded}</p><p>{say('status.stays')}</p></div>}
    </header>
  );
}

function PhoneMap() {
  const { say } = useWords();
  const set = useUi((u) => u.set);
  return (
    <div className="map-box">
      <MapView />
      <p className="phone-shown"><ShownText /></p>
      <div className="phone-tools"><IconButton icon="layers" label={say('layers.title')} onPress={() => set({ panel: 'layers', place: undefined, sheet: 'half' })} /></div>
      <div className="phone-coords"><Coordinates /></div>
    </div>
  );
}

const next: Record<SheetHeight, SheetHeight> = { heading: 'half', half: 'full', full: 'heading' };

function Sheet() {
  const { say } = useWords();
  const { sheet, panel, place, set } = useUi();
  const selected = useView((v) => v.selected);
  const { layers } = useWorld();
  const card = place !== undefined || (selected !== undefined && layers.some((l) => l.collection.id === selected.collection));
  return (
    <section className="sheet" data-height={sheet} aria-label={say('sheet.label')}>
      <button type="button" className="sheet-handle" aria-label={say(`sheet.${next[sheet]}`)} onClick={() => set({ sheet: next[sheet] })}><i /></button>
      <div className="sheet-body">{card ? <Cards floating={false} /> : panel === 'footprint' ? <FootprintPanel /> : <LayersPanel />}</div>
    </section>
  );
}

function Tabs({ drawable }: { drawable: boolean }) {
  const { say } = useWords();
  const { panel, set } = useUi();
  const { layers } = useWorld();
  const table = useView((v) => v.table);
  const openTable = useView((v) => v.openTable);
  const now = table !== undefined || !drawable ? 'table' : panel === 'footprint' ? 'footprint' : 'explore';
  const show = (to: 'layers' | 'footprint') => {
    openTable(undefined);
    set({ panel: to, place: undefined, sheet: to === 'footprint' ? 'full' : 'half' });
  };
  return (
    <nav className="phone-tabs" aria-label={say('nav.title')}>
      {drawable && <Tab icon="layers" on={now === 'explore'} label={say('nav.explore')} go={() => show('layers')} />}
      {drawable && layers.some((l) => l.collection.id === 'bases') && <Tab icon="rings" on={now === 'footprint'} label={say('footprint.title')} go={() => show('footprint')} />}
      <Tab icon="table" on={now === 'table'} label={say('table.title')} go={() => openTable((layers.find((l) => l.visible) ?? layers[0])?.collection.id)} />
    </nav>
  );
}

function Tab({ icon, label, on, go }: { icon: IconName; label: string; on: boolean; go(): void }) {
  return <button type="button" aria-current={on ? 'page' : undefined} onClick={go}><Icon name={icon} />{label}</button>;
}
