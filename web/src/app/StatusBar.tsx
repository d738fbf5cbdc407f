// On every screen: classification, "n of N shown", what is loaded, data version, and that nothing leaves this server.
import { useLanding } from '../api/queries.ts';
import { useWords, type Words } from '../i18n/words.ts';
import { Connection } from '../live/LiveChip.tsx';
import { Icon } from '../ui/Icon.tsx';
import { Coordinates } from './Coordinates.tsx';
import { useMarking } from './marking.ts';
import { firstShown, placedOf, useWorld, type Layer } from './world.ts';

export function StatusBar() {
  const { say, count } = useWords();
  const { data } = useLanding();
  return (
    <footer className="status-bar">
      <Classification />
      <span className="shown"><ShownText /></span>
      <span className="loaded" dir="auto" title={data?.description}>{data?.description || data?.loaded}</span>
      <span className="status-rest">
        {data && <span className="data-version">{say('status.version', { n: count(data.version) })}</span>}
        <Connection />
        <span className="stays"><Icon name="lock" />{say('status.stays')}</span>
      </span>
      <Coordinates />
    </footer>
  );
}

export function Classification() {
  const { code } = useWords();
  const level = useMarking();
  return <span className="classification" data-level={level}>{code('classification', level)}</span>;
}

/** The same as plain text, without what is not shown: for titles. */
export function useShown(): string {
  const { layers } = useWorld();
  return shownText(firstShown(layers), useWords()) ?? '';
}

function shownText(first: Layer | undefined, words: Words, brief = false): string | undefined {
  const counts = first?.counts.data;
  if (!first || !counts) return undefined;
  const name = words.collection(first.collection);
  const values = { n: words.count(placedOf(first)?.shown ?? 0), all: words.count(counts.all), name: words.language === 'en' ? name.toLowerCase() : name };
  return words.say(brief ? 'status.brief' : 'status.shown', values);
}

/** "14 of 98 bases shown · 2 without a place", for the incidents, or else the first layer in the list that is shown. */
/** @param brief without what is not shown, and why: for the phone */
export function ShownText({ brief = false }: { brief?: boolean }) {
  const words = useWords();
  const { layers } = useWorld();
  const first = firstShown(layers);
  const counts = first?.counts.data;
  if (!first || !counts) return null;
  const { shown, placeless } = placedOf(first) ?? { shown: 0, placeless: 0 };
  return (
    <span data-testid="shown" data-shown={shown} data-all={counts.all}>
      {shownText(first, words, brief)}
      {!brief && placeless > 0 && ` · ${words.say('state.placelessShort', { n: placeless })}`}
    </span>
  );
}
