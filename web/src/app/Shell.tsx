// The shell: bar, panel, map with its cards and table, status. On a narrow screen the panel is a drawer, on a phone a sheet.
import { useState, useSyncExternalStore } from 'react';
import { useWords } from '../i18n/words.ts';
import { canDraw } from '../map/controller.ts';
import { MapView } from '../map/MapView.tsx';
import { Cards } from '../panels/Cards.tsx';
import { FootprintPanel } from '../panels/FootprintPanel.tsx';
import { LayersPanel } from '../panels/LayersPanel.tsx';
import { TablePanel } from '../panels/TablePanel.tsx';
import { TimeBar } from '../panels/TimeBar.tsx';
import { useUi } from '../state/ui.ts';
import { useView } from '../state/view.ts';
import { Button } from '../ui/Button.tsx';
import { Icon } from '../ui/Icon.tsx';
import { KeySheet } from './KeySheet.tsx';
import { PhoneShell } from './PhoneShell.tsx';
import { useShortcuts } from './shortcuts.ts';
import { StatusBar } from './StatusBar.tsx';
import { TopBar } from './TopBar.tsx';
import { useMakeWorld, useWorld, WorldContext } from './world.ts';

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
  const phone = useMedia('(max-width: 599px)');
  const [drawable] = useState(canDraw);
  useShortcuts();
  return (
    <WorldContext value={world}>
      <SkipLinks drawable={drawable} />
      {phone ? <PhoneShell drawable={drawable} /> : <DeskShell drawable={drawable} />}
      <KeySheet />
      <Notice />
    </WorldContext>
  );
}

function SkipLinks({ drawable }: { drawable: boolean }) {
  const { say } = useWords();
  const openTable = useView((v) => v.openTable);
  const table = useView((v) => v.table);
  const { layers } = useWorld();
  const toTable = () => {
    if (!table) openTable(layers.find((l) => l.visible)?.collection.id);
    setTimeout(() => document.getElementById('table')?.focus(), 50);
  };
  return (
    <nav className="skip" aria-label={say('skip.title')}>
      {drawable && <button type="button" onClick={() => document.querySelector<HTMLElement>('.maplibregl-canvas')?.focus()}>{say('skip.map')}</button>}
      <button type="button" onClick={() => document.getElementById('layer-list')?.focus()}>{say('skip.layers')}</button>
      <button type="button" onClick={toTable}>{say('skip.table')}</button>
    </nav>
  );
}

function DeskShell({ drawable }: { drawable: boolean }) {
  const panel = useUi((u) => u.panel);
  const drawer = useUi((u) => u.drawer);
  const table = useView((v) => v.table);
  const { say } = useWords();
  return (
    <div className="shell" data-drawer={drawer} data-panel={panel}>
      <TopBar />
      <aside className="panel" aria-label={say(panel === 'layers' ? 'layers.title' : 'footprint.title')}>
        {panel === 'layers' ? <LayersPanel /> : <FootprintPanel />}
      </aside>
      <main className="stage" data-table={table !== undefined || !drawable} data-map={drawable}>
        <div className="map-box">
          {drawable ? <><MapView /><Cards floating /><TableHandle /></> : <NoMap />}
        </div>
        {(table !== undefined || !drawable) && <TablePanel closable={drawable} />}
      </main>
      <TimeBar />
      <StatusBar />
    </div>
  );
}

export function NoMap() {
  const { say } = useWords();
  return (
    <div className="no-map" role="status" data-testid="no-map">
      <p><Icon name="warning" /> {say('map.noWebgl')}</p>
      <Cards floating={false} />
    </div>
  );
}

function TableHandle() {
  const { say, count } = useWords();
  const { layers } = useWorld();
  const table = useView((v) => v.table);
  const openTable = useView((v) => v.openTable);
  const first = layers.find((l) => l.visible);
  if (table !== undefined || !first) return null;
  return (
    <div className="table-handle">
      <Button look="quiet" icon="table" onPress={() => openTable(first.collection.id)}>
        {say('table.title')} <span>{first.counts.data ? say('table.handle', { n: count(first.counts.data.matched) }) : ''}</span>
      </Button>
    </div>
  );
}

function Notice() {
  const notice = useUi((u) => u.notice);
  return <div className="toast" role="status">{notice && <p>{notice}</p>}</div>;
}
