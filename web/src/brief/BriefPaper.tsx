// The brief before it is printed: its bar, and the sheet once the server has answered and the map shows what it is about.
import { useRef, useState } from 'react';
import { PaperBar, usePicture } from '../app/PaperBar.tsx';
import { useWords } from '../i18n/words.ts';
import { useBrief, useHighest, useInForceOnMap } from './ask.ts';
import { BriefSheet } from './BriefSheet.tsx';
import { titleOf } from './sentences.ts';

/** Shapes of the map that are named. */
const mostNamed = 3;

export function BriefPaper() {
  const words = useWords();
  const { brief, error } = useBrief();
  const { layers, waits } = useInForceOnMap(brief?.layer);
  const top = useHighest(layers, mostNamed);
  const [typed, setTyped] = useState<string>();
  const title = typed ?? (brief ? titleOf(words, brief) : '');
  const sheet = useRef<HTMLDivElement>(null);
  const frame = useRef<HTMLDivElement>(null);
  const due = brief !== undefined && !waits;
  const { picture, failed, wanted } = usePicture(frame, due);
  const ready = due && !top.waits && (!wanted || picture !== undefined);
  return (
    <>
      <PaperBar sheet={sheet} title={title} setTitle={setTyped} ready={ready} failed={failed ?? error?.message} done={words.say('brief.ready')} />
      <div className="print-desk">
        {brief ? <BriefSheet sheet={sheet} frame={frame} title={title} brief={brief} layers={layers} top={top} picture={picture} mapped={wanted} /> : !error && <div className="skeleton" role="status" aria-label={words.say('state.loading')}><i /><i /><i /></div>}
      </div>
    </>
  );
}
