// "14 new since 14:20": what others have changed waits until it is asked for, and then comes in where it belongs.
import { useEffect } from 'react';
import { useSession } from '../api/session.ts';
import { useWorld } from '../app/world.ts';
import { useWords } from '../i18n/words.ts';
import { useIsPast } from '../state/past.ts';
import { Button } from '../ui/Button.tsx';
import { Icon } from '../ui/Icon.tsx';
import { connect } from './connect.ts';
import { newsOf, takeWaiting, useLive } from './store.ts';

/** Opens the stream while the page is open, where the server's records can change. */
export function useConnection() {
  const changing = useSession().data?.editable === true;
  useEffect(() => (changing ? connect() : undefined), [changing]);
}

/** The sentence of what is new, of one collection or of all; undefined where nothing is. */
export function useNews(collection?: string): string | undefined {
  const { say, count, moment } = useWords();
  const { waiting, everything, since } = useLive();
  const past = useIsPast();
  const { added, others } = newsOf(waiting, collection);
  if (past) return undefined;
  const time = moment(since);
  if (everything && collection === undefined) return say('live.much', { time });
  if (!added && !others) return undefined;
  return say(others ? 'live.changed' : 'live.new', { n: count(added + others), time });
}

export function LiveChip() {
  const { say } = useWords();
  const { layers } = useWorld();
  const news = useNews();
  if (!news) return null;
  return (
    <div className="live-chip" role="status" data-testid="news">
      <span>{news}</span>
      <Button look="link" onPress={() => takeWaiting(layers.map((l) => l.collection.id))}>{say('live.show')}</Button>
    </div>
  );
}

/** The same in the row of its layer. */
export function LayerNews({ collection }: { collection: string }) {
  const { say } = useWords();
  const news = useNews(collection);
  if (!news) return null;
  return <p className="state" role="status">{news} <Button look="link" onPress={() => takeWaiting([], collection)}>{say('live.show')}</Button></p>;
}

/** While the line is broken the page says so: what it shows may be old. */
export function Connection() {
  const { say } = useWords();
  const connected = useLive((l) => l.connected);
  if (connected === undefined) return null;
  return <span className="connection" data-connected={connected}>{connected ? say('live.on') : <><Icon name="warning" />{say('live.off')}</>}</span>;
}
