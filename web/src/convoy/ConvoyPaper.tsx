// The convoy sheet before it is printed: its bar, and the pages once the map of the way is drawn.
import { useMemo, useRef, useState } from 'react';
import { PaperBar, usePicture } from '../app/PaperBar.tsx';
import type { Outcome } from '../api/execution.ts';
import { useWords } from '../i18n/words.ts';
import { convoyOf, type Convoy } from './convoy.ts';
import { ConvoySheet } from './ConvoySheet.tsx';
import { pictureOfWay } from './picture.ts';
import { titleOf } from './text.ts';

export function ConvoyPaper({ outcome, way, letter }: { outcome: Outcome; way: number; letter: string }) {
  const { say } = useWords();
  const convoy = useMemo(() => convoyOf(outcome, way, letter), [outcome, way, letter]);
  return convoy ? <Paper outcome={outcome} convoy={convoy} /> : <p className="state bad" role="alert">{say('convoy.none')}</p>;
}

function Paper({ outcome, convoy }: { outcome: Outcome; convoy: Convoy }) {
  const words = useWords();
  const [typed, setTyped] = useState<string>();
  const title = typed ?? titleOf(words, convoy);
  const [pages, setPages] = useState(0);
  const sheet = useRef<HTMLDivElement>(null);
  const frame = useRef<HTMLDivElement>(null);
  const own = useMemo(() => pictureOfWay(convoy), [convoy]);
  const { picture, failed, wanted } = usePicture(frame, pages > 0, own);
  return (
    <>
      <PaperBar sheet={sheet} title={title} setTitle={setTyped} ready={pages > 0 && (!wanted || picture !== undefined)} failed={failed} done={words.say('convoy.ready', { n: pages })} />
      <div className="print-desk"><ConvoySheet sheet={sheet} frame={frame} title={title} convoy={convoy} outcome={outcome} own={own} picture={picture} mapped={wanted} laid={setPages} /></div>
    </>
  );
}
