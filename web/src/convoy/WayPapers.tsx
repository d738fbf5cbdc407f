// What can be taken along of an answer with ways: the convoy sheet and the GPX file of each.
import type { Outcome } from '../api/execution.ts';
import { useWords } from '../i18n/words.ts';
import { Button } from '../ui/Button.tsx';
import { letterOf, sheetsIn } from './convoy.ts';
import { openConvoy, saveGpx } from './open.ts';

/** The buttons of one way. */
export function WayPaper({ outcome, way }: { outcome: Outcome; way: number }) {
  const { say } = useWords();
  const letter = letterOf(way);
  return (
    <>
      <Button look="quiet" icon="print" aria-label={say('convoy.of', { letter })} onPress={() => openConvoy(outcome, way)}>{say('convoy.kind')}</Button>
      {typeof outcome.result.gpx === 'string' && <Button look="quiet" icon="download" aria-label={say('convoy.gpxOf', { letter })} onPress={() => saveGpx(outcome, way)}>GPX</Button>}
    </>
  );
}

export function WayPapers({ outcome }: { outcome: Outcome }) {
  const { say } = useWords();
  const ways = Array.from({ length: sheetsIn(outcome) }, (_, i) => i + 1);
  if (!ways.length) return null;
  return (
    <ul className="way-papers" data-testid="way-papers">
      {ways.map((way) => <li key={way} className="tool-row" data-way={way}><b>{say('convoy.way', { letter: letterOf(way) })}</b><WayPaper outcome={outcome} way={way} /></li>)}
    </ul>
  );
}
