// The records of an alert, each of which opens its card: the one that raised it, those that reached the threshold with it, and what it is near to.
import { useState } from 'react';
import type { Alert } from '../api/alerts.ts';
import type { Query } from '../api/ask.ts';
import { usePageOf } from '../api/queries.ts';
import { useLayer } from '../app/world.ts';
import { useWords } from '../i18n/words.ts';
import { nameOf } from '../map/layers/layer.ts';
import { Records } from '../past/ChangesPanel.tsx';
import { useView } from '../state/view.ts';
import { Button } from '../ui/Button.tsx';

export function AlertRecords({ alert }: { alert: Alert }) {
  const words = useWords();
  const { collection, key, record, near, reached, time } = alert;
  return (
    <ul className="alert-records">
      {key !== undefined && <li><RecordLink collection={collection} itemKey={key} name={record} /></li>}
      {near && <li><RecordLink collection={near.collection} itemKey={near.key} name={near.name} /></li>}
      {reached && time && alert.count > 1 && <li><Opened label={words.say('alerts.withIt', { n: alert.count })}><Together alert={alert} at={time} days={reached.days} /></Opened></li>}
      {key === undefined && <li><Opened label={words.say('alerts.ofChange', { n: alert.count })}><Records version={alert.version} /></Opened></li>}
    </ul>
  );
}

function RecordLink({ collection, itemKey, name }: { collection: string; itemKey: number; name: string }) {
  const words = useWords();
  const known = useLayer(collection);
  const select = useView((v) => v.select);
  const title = name || words.say('card.record', { name: words.collection({ id: collection, title: known?.collection.title ?? '' }), key: itemKey });
  return known ? <Button look="link" onPress={() => select({ collection, key: itemKey })}>{title}</Button> : <span>{title}</span>;
}

function Opened({ label, children }: { label: string; children: React.ReactNode }) {
  const [open, setOpen] = useState(false);
  return <><Button look="link" aria-expanded={open} onPress={() => setOpen(!open)}>{label}</Button>{open && children}</>;
}

/** What lies within the days and the distance of the last record, as it stands now. */
function Together({ alert, at, days }: { alert: Alert; at: string; days: number }) {
  const { say } = useWords();
  const { geometry, radius_m, collection } = alert;
  const from = new Date(Date.parse(at) - days * 86_400_000 + 1).toISOString();
  const place: Query = geometry?.type === 'Point' && radius_m > 0 ? { near: geometry.coordinates.slice(0, 2).join(','), radius: String(radius_m) } : {};
  const asked = usePageOf(collection, { datetime: `${from}/${at}`, ...place }, 50);
  if (asked.error) return <p className="state bad" role="alert">{asked.error.message || say('state.unreachable')}</p>;
  if (!asked.data) return <p className="state busy" role="status">{say('state.loading')}</p>;
  return <ul className="changed-records">{asked.data.items.map((i) => <li key={i.key}><RecordLink collection={collection} itemKey={i.key} name={nameOf(i.properties)} /></li>)}</ul>;
}
