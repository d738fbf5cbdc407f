// The history of one record, newest first: who, when, why and what; its former shapes on the map; any change taken back.
import { useQuery } from '@tanstack/react-query';
import { useEffect } from 'react';
import { askHistory, type HistoryEntry } from '../api/changes.ts';
import { useMayEdit } from '../app/openPanel.ts';
import { same } from '../edit/draft.ts';
import { useWords } from '../i18n/words.ts';
import { useMap } from '../map/MapView.tsx';
import { useUi } from '../state/ui.ts';
import { Button } from '../ui/Button.tsx';
import { askUndo } from '../edit/acts.ts';
import { boundsOf } from '../map/shapes.ts';
import { Differences } from './Differences.tsx';

interface Props {
  collection: string;
  itemKey: number;
  title: string;
}

export const useHistoryOf = (collection: string, key: number) =>
  useQuery({ queryKey: ['history', collection, key], queryFn: ({ signal }) => askHistory(collection, key, signal), staleTime: 0 });

export function HistoryList({ collection, itemKey, title }: Props) {
  const { say } = useWords();
  const asked = useHistoryOf(collection, itemKey);
  // What was shown of another time goes with the list.
  useEffect(() => () => useUi.getState().set({ former: undefined }), []);
  if (asked.error) return <p className="state bad" role="alert">{asked.error.message || say('state.unreachable')} <Button look="link" onPress={() => void asked.refetch()}>{say('state.tryAgain')}</Button></p>;
  if (!asked.data) return <div className="skeleton" role="status" aria-label={say('state.loading')}><i /><i /><i /></div>;
  if (!asked.data.length) return <p className="note">{say('history.none')}</p>;
  return <ol className="history" data-testid="history">{asked.data.map((entry) => <Entry key={entry.version} entry={entry} collection={collection} title={title} />)}</ol>;
}

function Entry({ entry, collection, title }: { entry: HistoryEntry; collection: string; title: string }) {
  const words = useWords();
  const { say } = words;
  const { version, before, after } = entry;
  const mayUndo = useMayEdit();
  const moved = !same(before?.geometry, after?.geometry) && Boolean(before?.geometry);
  return (
    <li data-version={version} data-op={entry.op}>
      <Head entry={entry} op={say(`history.${entry.op}`)} />
      <Differences collection={collection} before={before} after={after} />
      <div className="history-acts">
        {moved && <FormerShape geometry={before?.geometry} />}
        {mayUndo && <Button look="link" onPress={() => void askUndo(version, { label: say('told.saved', { name: title }), undone: say('told.undone', { name: title }), kept: say('edit.notSent') })}>{say('history.undo')}</Button>}
      </div>
    </li>
  );
}

/** Who, when and why. */
export function Head({ entry, op }: { entry: { version: number; at: string; author: string; reason: string; undoes?: number }; op: string }) {
  const words = useWords();
  const { say } = words;
  return (
    <>
      <p><b>{op}</b> {entry.undoes !== undefined && <span>{say('history.undoes', { n: words.count(entry.undoes) })}</span>}</p>
      <p className="note"><bdi>{entry.author || say('history.nobody')}</bdi> · {words.moment(Date.parse(entry.at))} · {say('status.version', { n: words.count(entry.version) })}</p>
      {entry.reason && <p className="reason" dir="auto">{entry.reason}</p>}
    </>
  );
}

/** Shows a shape of another time beside the one of now, or takes it off again. */
export function FormerShape({ geometry }: { geometry: GeoJSON.Geometry | null | undefined }) {
  const { say } = useWords();
  const { former, set } = useUi();
  const map = useMap((m) => m.map);
  if (!geometry || !map) return null;
  const on = former === geometry;
  const toggle = () => {
    set({ former: on ? undefined : geometry });
    const box = boundsOf([geometry]);
    const view = map.view();
    const inView = box && box[0] >= view.west && box[2] <= view.east && box[1] >= view.south && box[3] <= view.north;
    if (!on && box && !inView) map.fit(box);
  };
  return <Button look="link" aria-pressed={on} onPress={toggle}>{say(on ? 'history.hideShape' : 'history.showShape')}</Button>;
}
