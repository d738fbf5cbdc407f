// What the sheets for paper share: the bar with the title and what can be done with them, and the picture of the map.
import { useEffect, useRef, useState, type RefObject } from 'react';
import { Input, Label, TextField } from 'react-aria-components';
import { directionOf } from '../i18n/languages.ts';
import { useWords } from '../i18n/words.ts';
import { useSecondMap } from '../map/ComparedMap.tsx';
import { fileName, paintSheet, savePng } from '../map/export.ts';
import { useMap } from '../map/MapView.tsx';
import { joined, type OwnPicture, type Picture } from '../map/picture.ts';
import { useLine, useSides } from '../map/sides.ts';
import { useSwipe } from '../state/swipe.ts';
import { useUi, type Paper } from '../state/ui.ts';
import { Button, IconButton } from '../ui/Button.tsx';
import { Segments } from '../ui/Segments.tsx';

/** Pixels of the map on paper for one of the page, and of the saved picture. */
export const fineness = 2;

interface Props {
  sheet: RefObject<HTMLDivElement | null>;
  title: string;
  setTitle(title: string): void;
  ready: boolean;
  /** Why the map, or what stands beside it, is not there. */
  failed?: string;
  /** Said once all is there. */
  done: string;
}

export function PaperBar({ sheet, title, setTitle, ready, failed, done }: Props) {
  const { say } = useWords();
  const { paper, convoy, panel, set } = useUi();
  const [trouble, setTrouble] = useState<string>();
  const save = () => {
    if (sheet.current) savePng(paintSheet(sheet.current, fineness), fileName(title)).catch((e: Error) => setTrouble(e.message));
  };
  const kinds: { id: Paper; label: string }[] = [{ id: 'map', label: say('print.map') }, { id: 'brief', label: say('print.brief') }];
  if (panel === 'plan') kinds.push({ id: 'report', label: say('report.kind') });
  if (convoy) kinds.push({ id: 'convoy', label: say('convoy.kind') });
  return (
    <form className="print-bar" onSubmit={(e) => e.preventDefault()}>
      <Segments label={say('print.kind')} options={kinds} value={paper} onChange={(id) => set({ paper: id as Paper })} />
      <TextField className="field print-title" value={title} onChange={setTitle} autoFocus>
        <Label>{say('print.name')}</Label>
        <Input className="input" />
      </TextField>
      <p className="state" role="status">{failed ?? trouble ?? (ready ? done : say('print.drawing'))}</p>
      <Button icon="download" isDisabled={!ready} onPress={save}>{say('print.png')}</Button>
      <Button look="primary" icon="print" isDisabled={!ready} onPress={() => window.print()}>{say('print.go')}</Button>
      <IconButton icon="close" label={say('action.close')} onPress={() => set({ print: false })} />
    </form>
  );
}

/** On paper two maps that stand side by side meet in the middle. */
function useLineAt(): RefObject<number> {
  const swept = useSwipe((s) => s.layout === 'swipe');
  const { at } = useLine(useSides()?.line);
  const part = useRef(0.5);
  useEffect(() => void (part.current = swept ? at / 100 : 0.5), [swept, at]);
  return part;
}

/** @param due false while the map does not show yet what the sheet is about
 * @param own what the picture shows in place of the map as it is */
export function usePicture(frame: RefObject<HTMLDivElement | null>, due = true, own?: OwnPicture) {
  const map = useMap((m) => m.map);
  const lineAt = useLineAt();
  const second = useSecondMap((m) => m.map);
  const { language } = useWords();
  const [picture, setPicture] = useState<Picture>();
  const [failed, setFailed] = useState<string>();
  useEffect(() => {
    let gone = false;
    if (due && map && frame.current)
      map.drawn()
        .then(() => (gone || !frame.current ? undefined : map.picture(frame.current, fineness, own)))
        .then(async (p) => (!p || own || !second || gone || !frame.current ? p : joined(p, await second.picture(frame.current, fineness), lineAt.current, directionOf(language) === 'rtl')))
        .then((p) => !gone && setPicture(p), (e: Error) => !gone && setFailed(e.message));
    return () => void (gone = true);
  }, [map, second, frame, due, own, language, lineAt]);
  return { picture, failed, wanted: map !== undefined };
}
