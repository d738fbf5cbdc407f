// The page for paper: a sheet of A4 with a map of its own, always in light colours; printed by the browser or saved as a picture.
import { useLayoutEffect, useRef, useState } from 'react';
import { Dialog, Modal, ModalOverlay } from 'react-aria-components';
import { BriefPaper } from '../brief/BriefPaper.tsx';
import { ConvoyPaper } from '../convoy/ConvoyPaper.tsx';
import { ReportPaper } from '../report/ReportPaper.tsx';
import { useWords } from '../i18n/words.ts';
import { sideNames } from '../panels/comparedText.ts';
import { useComparesFootprints } from '../planning/compared.ts';
import { useComparison } from '../state/comparison.ts';
import { usePrefs } from '../state/prefs.ts';
import { useUi } from '../state/ui.ts';
import { PaperBar, usePicture } from './PaperBar.tsx';
import { PrintSheet } from './PrintSheet.tsx';
import { useShown } from './StatusBar.tsx';
import { useWorld } from './world.ts';

export function PrintView() {
  const { say } = useWords();
  const { print, set } = useUi();
  return (
    <ModalOverlay className="print-overlay" isOpen={print} onOpenChange={(open) => set({ print: open })}>
      <Modal className="print-modal"><Dialog className="print-view" aria-label={say('print.title')}><Sheet /></Dialog></Modal>
    </ModalOverlay>
  );
}

/** Paper is light, whatever the screen is. */
function useLight() {
  useLayoutEffect(() => {
    document.documentElement.dataset.theme = 'light';
    return () => void (document.documentElement.dataset.theme = usePrefs.getState().theme);
  }, []);
}

function Sheet() {
  useLight();
  const { paper, convoy } = useUi();
  if (paper === 'convoy' && convoy) return <ConvoyPaper {...convoy} />;
  if (paper === 'report') return <ReportPaper />;
  return paper === 'brief' ? <BriefPaper /> : <MapPaper />;
}

function MapPaper() {
  const { say } = useWords();
  const [title, setTitle] = useState(useFirstTitle());
  const sheet = useRef<HTMLDivElement>(null);
  const frame = useRef<HTMLDivElement>(null);
  const { picture, failed, wanted } = usePicture(frame);
  return (
    <>
      <PaperBar sheet={sheet} title={title} setTitle={setTitle} ready={!wanted || picture !== undefined} failed={failed} done={say('print.ready')} />
      <div className="print-desk"><PrintSheet sheet={sheet} frame={frame} title={title} picture={picture} mapped={wanted} /></div>
    </>
  );
}

/** The finding as the title, where there is one; else what is shown. */
function useFirstTitle(): string {
  const answer = useUi((u) => u.answer);
  const { missions, mission } = useWorld();
  const shown = useShown();
  const name = missions.find((m) => m.code === mission)?.code;
  const pair = useComparison((c) => c.pair);
  const footprints = useComparesFootprints();
  const words = useWords();
  if (pair && !footprints) return `${words.process(pair.process)}: ${sideNames(words, pair).map((n) => n.title).join(' / ')}`;
  return answer?.text.replace(/[.。]$/, '') ?? [name, shown].filter(Boolean).join(': ');
}
