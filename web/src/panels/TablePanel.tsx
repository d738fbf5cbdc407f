// The table twin of a layer: the same records, filters and selection as on the map, page after page from the server.
import { useMemo, useRef, useState } from 'react';
import { Checkbox } from 'react-aria-components';
import { useRows, useSchema } from '../api/queries.ts';
import { firstShown, useWorld, type Layer } from '../app/world.ts';
import { useWords } from '../i18n/words.ts';
import { useMap } from '../map/MapView.tsx';
import { useView } from '../state/view.ts';
import { Button, IconButton } from '../ui/Button.tsx';
import { Download } from './Download.tsx';
import { TableRows } from './TableRows.tsx';
import { useViewBox } from './viewBox.ts';

export function TablePanel({ closable }: { closable: boolean }) {
  const words = useWords();
  const { layers } = useWorld();
  const open = useView((v) => v.table);
  const openTable = useView((v) => v.openTable);
  const tabs = layers.filter((l) => l.visible || l.collection.id === open || l.collection.geometryType === 'none');
  const layer = tabs.find((l) => l.collection.id === open) ?? firstShown(tabs) ?? tabs[0];
  const [inView, setInView] = useState(false);
  const map = useMap((m) => m.map);
  if (!layer) return null;
  return (
    <section className="table-panel" aria-label={words.say('table.title')} id="table" tabIndex={-1}>
      <header className="table-head">
        <div className="tabs" role="tablist" aria-label={words.say('table.title')}>
          {tabs.map((l) => <Tab key={l.collection.id} layer={l} on={l === layer} open={() => openTable(l.collection.id)} />)}
        </div>
        {map && layer.collection.geometryType !== 'none' && (
          <Checkbox className="check" isSelected={inView} onChange={setInView}><i />{words.say('table.inView')}</Checkbox>
        )}
        {closable && <IconButton icon="down" label={words.say('table.close')} onPress={() => openTable(undefined)} />}
      </header>
      <Rows key={layer.collection.id} layer={layer} inView={inView && map !== undefined} />
    </section>
  );
}

function Tab({ layer, on, open }: { layer: Layer; on: boolean; open(): void }) {
  const words = useWords();
  const counts = layer.counts.data;
  return (
    <button type="button" role="tab" aria-selected={on} className="tab" onClick={open}>
      {words.collection(layer.collection)} <span>{counts ? words.count(counts.matched) : '–'}</span>
    </button>
  );
}

function Rows({ layer, inView }: { layer: Layer; inView: boolean }) {
  const { say, count } = useWords();
  const schema = useSchema(layer.collection.id);
  const bbox = useViewBox(inView);
  const rows = useRows(layer.collection.id, layer.counts.data?.sent ?? {}, bbox);
  const items = useMemo(() => rows.data?.pages.flatMap((p) => p.items) ?? [], [rows.data]);
  const matched = rows.data?.pages[0]?.matched ?? 0;
  if (rows.isError) return <p className="state bad" role="alert">{rows.error.message || say('state.unreachable')} <Button look="link" onPress={() => void rows.refetch()}>{say('state.tryAgain')}</Button></p>;
  if (!rows.data || !schema.data) return <div className="skeleton" role="status" aria-label={say('state.loading')}><i /><i /><i /></div>;
  return (
    <>
      <TableRows layer={layer} fields={schema.data} items={items} matched={matched} />
      <footer className="table-foot">
        <span role="status" data-testid="table-count">{say('table.rows', { n: count(items.length), all: count(matched) })}</span>
        {rows.hasNextPage && (
          <>
            <Button isPending={rows.isFetchingNextPage} onPress={() => void rows.fetchNextPage()}>{say('table.more')}</Button>
            <LoadAll next={() => rows.fetchNextPage()} />
          </>
        )}
        <Download collection={layer.collection} query={{ ...layer.counts.data?.sent, ...(bbox && { bbox }) }} />
      </footer>
    </>
  );
}

/** Follows every next link; Stop keeps what has come. */
function LoadAll({ next }: { next(): Promise<{ hasNextPage: boolean; isError: boolean }> }) {
  const { say } = useWords();
  const [running, setRunning] = useState(false);
  const stopped = useRef(false);
  const run = async () => {
    stopped.current = false;
    setRunning(true);
    for (let more = true; more && !stopped.current; ) {
      const { hasNextPage, isError } = await next();
      more = hasNextPage && !isError;
    }
    setRunning(false);
  };
  if (running) return <Button onPress={() => (stopped.current = true)}>{say('action.stop')}</Button>;
  return <Button onPress={() => void run()}>{say('table.all')}</Button>;
}
