// The page for paper: a sheet of A4 with a map of its own, always in light colours; printed by the browser or saved as a picture.
import { useEffect, useLayoutEffect, useRef, useState } from 'react';
import { Dialog, Input, Label, Modal, ModalOverlay, TextField } from 'react-aria-components';
import { useWords } from '../i18n/words.ts';
import { fileName, paintSheet, savePng } from '../map/export.ts';
import { directionOf } from '../i18n/languages.ts';
import { useSecondMap } from '../map/ComparedMap.tsx';
import { useMap } from '../map/MapView.tsx';
import { joined, type Picture } from '../map/picture.ts';
import { sideNames } from '../panels/comparedText.ts';
import { useComparison } from '../state/comparison.ts';
import { usePrefs } from '../state/prefs.ts';
import { useUi } from '../state/ui.ts';
import { Button, IconButton } from '../ui/Button.tsx';
import { PrintSheet } from './PrintSheet.tsx';
import { useShown } from './StatusBar.tsx';
import { useWorld } from './world.ts';

/** Pixels of the map on paper for one of the page, and of the saved picture. */
const fineness = 2;

export function PrintView() {
  const { say } = useWords();
  const { print, set } = useUi();
  return (
    <ModalOverlay className="print-overlay" isOpen={print} onOpenChange={(open) => set({ print: open })}>
      <Modal className="print-modal"><Dialog className="print-view" aria-label={say('print.title')}><Paper close={() => set({ print: false })} /></Dialog></Modal>
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

function Paper({ close }: { close(): void }) {
  const { say } = useWords();
  useLight();
  const [title, setTitle] = useState(useFirstTitle());
  const sheet = useRef<HTMLDivElement>(null);
  const frame = useRef<HTMLDivElement>(null);
  const { picture, failed, wanted } = usePicture(frame);
  const ready = !wanted || picture !== undefined;
  const [trouble, setTrouble] = useState<string>();
  const save = () => {
    if (sheet.current) savePng(paintSheet(sheet.current, fineness), fileName(title)).catch((e: Error) => setTrouble(e.message));
  };
  return (
    <>
      <form className="print-bar" onSubmit={(e) => e.preventDefault()}>
        <TextField className="field print-title" value={title} onChange={setTitle} autoFocus>
          <Label>{say('print.name')}</Label>
          <Input className="input" />
        </TextField>
        <p className="state" role="status">{failed ?? trouble ?? say(ready ? 'print.ready' : 'print.drawing')}</p>
        <Button icon="download" isDisabled={!ready} onPress={save}>{say('print.png')}</Button>
        <Button look="primary" icon="print" isDisabled={!ready} onPress={() => window.print()}>{say('print.go')}</Button>
        <IconButton icon="close" label={say('action.close')} onPress={close} />
      </form>
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
  const words = useWords();
  if (pair) return `${words.process(pair.process)}: ${sideNames(words, pair).map((n) => n.title).join(' / ')}`;
  return answer?.text.replace(/[.。]$/, '') ?? [name, shown].filter(Boolean).join(': ');
}

/** On paper two maps that stand side by side meet in the middle. */
const lineAt = () => (useComparison.getState().layout === 'swipe' ? useComparison.getState().at / 100 : 0.5);

function usePicture(frame: React.RefObject<HTMLDivElement | null>) {
  const map = useMap((m) => m.map);
  const second = useSecondMap((m) => m.map);
  const { language } = useWords();
  const [picture, setPicture] = useState<Picture>();
  const [failed, setFailed] = useState<string>();
  useEffect(() => {
    let gone = false;
    if (map && frame.current)
      map.drawn()
        .then(() => (gone || !frame.current ? undefined : map.picture(frame.current, fineness)))
        .then(async (p) => (!p || !second || gone || !frame.current ? p : joined(p, await second.picture(frame.current, fineness), lineAt(), directionOf(language) === 'rtl')))
        .then((p) => !gone && setPicture(p), (e: Error) => !gone && setFailed(e.message));
    return () => void (gone = true);
  }, [map, second, frame, language]);
  return { picture, failed, wanted: map !== undefined };
}
