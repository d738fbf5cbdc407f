// The sheet itself: marking, title, dates and filters in words, map with its scale, legend, names of bases, notes and sources.
import { useEffect, useLayoutEffect, useRef, useState, type ReactNode, type RefObject } from 'react';
import { useLanding } from '../api/queries.ts';
import { useWords, type Words } from '../i18n/words.ts';
import { useCredits } from '../map/credits.ts';
import type { Picture } from '../map/picture.ts';
import type { Bounds } from '../map/shapes.ts';
import { scaleLength } from '../map/scale.ts';
import { PrintCare, PrintCareNotes, PrintChain } from '../medical/PrintCare.tsx';
import { useMeasurementText } from '../panels/MeasureCard.tsx';
import { chipText } from '../panels/FiltersPanel.tsx';
import { useSpaceText } from '../panels/spaceText.ts';
import { useUi } from '../state/ui.ts';
import { useView } from '../state/view.ts';
import { Mark } from '../ui/Icon.tsx';
import { PrintAnswer, PrintNotes, PrintSides } from './PrintAnswer.tsx';
import { PrintBases, PrintLegend } from './PrintLegend.tsx';
import { useMarking } from './marking.ts';
import { useShown } from './StatusBar.tsx';
import { useWorld } from './world.ts';

export interface MapProps {
  /** Where the map for paper is drawn, out of sight. */
  frame: RefObject<HTMLDivElement | null>;
  picture: Picture | undefined;
  /** There is a map to draw. */
  mapped: boolean;
}

interface Props extends MapProps {
  sheet: RefObject<HTMLDivElement | null>;
  title: string;
}

/** What finds no room beside the map stands on a second sheet: first the notes, then the legend too, at last all but what is found. */
const [notesGo, legendGoes, keysGo] = [1, 2, 3];

export function PrintSheet({ sheet, frame, title, picture, mapped }: Props) {
  const aside = useRef<HTMLElement>(null);
  const gone = useSpill(aside);
  const of = gone ? 2 : 1;
  const keys = <><PrintAnswer /><PrintCare /></>;
  const notes = <><PrintNotes /><PrintCareNotes /></>;
  return (
    <div ref={sheet} className="sheet-pages">
      <div className="sheet-a4" data-testid="sheet">
        <Marking />
        <SheetHead title={title} />
        <div className="sheet-main">
          <SheetMap frame={frame} picture={picture} mapped={mapped} />
          <aside ref={aside}>
            <Findings title={title} />
            {gone < keysGo && keys}
            {gone < notesGo && notes}
            {gone < legendGoes && <PrintLegend />}
          </aside>
        </div>
        <div className="sheet-beneath"><PrintChain /><PrintBases /></div>
        <Foot of={of} />
      </div>
      {gone > 0 && (
        <div className="sheet-a4" data-testid="sheet-notes">
          <Marking />
          <SheetHead title={title} facts={<span />} />
          <div className="sheet-notes">{gone >= keysGo && keys}{notes}{gone >= legendGoes && <PrintLegend />}</div>
          <span />
          <Foot short page={2} of={of} />
        </div>
      )}
    </div>
  );
}

/** How much of the column goes to the second sheet: as little as makes it fit. It is looked at again whenever what stands in it changes. */
function useSpill(aside: RefObject<HTMLElement | null>): number {
  const [gone, setGone] = useState(0);
  useLayoutEffect(() => {
    const column = aside.current;
    if (!column) return;
    const look = () => {
      if (column.scrollHeight > column.clientHeight + 1 || column.scrollWidth > column.clientWidth + 1) setGone((g) => Math.min(g + 1, keysGo));
    };
    look();
    const [changes, sizes] = [new MutationObserver(look), new ResizeObserver(look)];
    changes.observe(column, { childList: true, subtree: true, characterData: true });
    sizes.observe(column);
    return () => {
      changes.disconnect();
      sizes.disconnect();
    };
  }, [aside, gone]);
  return gone;
}

/** @param kind what sort of sheet it is, where it is not the map itself
 * @param facts what stands beside the title, where it is not what the map shows */
export function SheetHead({ title, kind, facts }: { title: string; kind?: string; facts?: ReactNode }) {
  const words = useWords();
  const { say } = words;
  const { missions, mission } = useWorld();
  const { data } = useLanding();
  const name = missions.find((m) => m.code === mission)?.name ?? say('mission.all');
  return (
    <header className="sheet-head">
      <div>
        <p className="sheet-kicker"><Mark />{[data?.title ?? 'Bivouac', kind, name].filter(Boolean).join(' · ')}</p>
        <h1>{title}</h1>
      </div>
      {facts ?? <SheetFacts />}
    </header>
  );
}

/** The dates and filters of the page. */
function SheetFacts() {
  const words = useWords();
  const { say } = words;
  const asof = useView((v) => v.asof);
  return (
    <dl>
      <div><dt>{say('print.dates')}</dt><dd data-testid="print-dates">{useDates(words)}</dd></div>
      {asof && <div><dt>{say('print.asof')}</dt><dd data-testid="print-asof">{words.moment(Date.parse(asof), true)}</dd></div>}
      <div><dt>{say('print.filters')}</dt><dd data-testid="print-filters">{useFilters(words)}</dd></div>
    </dl>
  );
}

export function Marking() {
  const { code } = useWords();
  const level = useMarking();
  return <p className="sheet-marking" data-level={level}>{code('classification', level)}</p>;
}

function useDates({ say, day }: Words): string {
  const time = useView((v) => v.time);
  return time ? say('print.from', { from: day(time.from), to: day(time.to) }) : say('print.allDates');
}

/** Every filter in words, by layer. */
function useFilters(words: Words): string {
  const { layers } = useWorld();
  const filters = useView((v) => v.filters);
  const space = useSpaceText();
  const told = Object.entries(filters).flatMap(([id, fields]) => {
    const layer = layers.find((l) => l.collection.id === id);
    const texts = Object.entries(fields).map(([name, filter]) => chipText(name, layer?.fields.find((f) => f.name === name), filter, words));
    return texts.length ? [`${layer ? words.collection(layer.collection) : id}: ${words.parts(texts)}`] : [];
  });
  return [...told, ...(space ? [`${space} ${words.say('space.scope')}`] : [])].join('; ') || words.say('print.noFilters');
}

export function SheetMap({ frame, picture, mapped, children }: MapProps & { children?: ReactNode }) {
  const words = useWords();
  return (
    <div className="sheet-map">
      <div ref={frame} className="sheet-frame" aria-hidden="true" />
      {picture && <PrintSides />}
      {picture ? <><MapPicture picture={picture} words={words} />{children}</> : <p className="sheet-wait">{words.say(mapped ? 'print.drawing' : 'map.noWebgl')}</p>}
    </div>
  );
}

function MapPicture({ picture, words }: { picture: Picture; words: Words }) {
  const holder = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const { canvas } = picture;
    holder.current?.append(canvas);
    return () => canvas.remove();
  }, [picture]);
  const length = scaleLength(picture.metresPerPixel);
  return (
    <>
      <div ref={holder} className="sheet-canvas" />
      {picture.across.map((t) => <span key={`x${t.label}`} className="sheet-x" style={{ left: t.at }}>{t.label}</span>)}
      {picture.down.map((t) => <span key={`y${t.label}`} className="sheet-y" style={{ top: t.at }}>{t.label}</span>)}
      <p className="sheet-scale" data-metres={length}><i style={{ inlineSize: length / picture.metresPerPixel }} />{words.km(length)}</p>
    </>
  );
}

/** What is found, but for what the title says. */
function Findings({ title }: { title: string }) {
  const answer = useUi((u) => u.answer);
  const measured = useMeasurementText();
  const shown = useShown();
  return <div className="sheet-findings">{[shown, answer?.text, measured].filter((text) => text && text !== title).map((text) => <p key={text}>{text}</p>)}</div>;
}

/** The first sentence says what the data is; the whole of it stands on the sheet of the map. */
const firstSentence = (text: string) => /^.*?[.。](?=\s|$)/s.exec(text)?.[0] ?? text;

interface FootProps {
  /** Where the sheet is full: of the data's description the first sentence alone. */
  short?: boolean;
  page?: number;
  of?: number;
  /** The version of the data that the sheet tells of, where it is not the present one. */
  version?: number;
  /** The ground of the map, where it is not that of the page. */
  box?: Bounds;
}

export function Foot({ short, page = 1, of = 1, version, box }: FootProps) {
  const { say, count } = useWords();
  const { data } = useLanding();
  const credits = useCredits(box);
  const [now] = useState(() => new Date().toISOString().slice(0, 16).replace('T', ' '));
  return (
    <footer className="sheet-foot">
      <p>{credits.boundaries} {credits.disputes.join(' ')} {[...credits.ours, ...credits.theirs].map((source, i) => <span key={source}>{i > 0 && ' · '}<bdi>{source}</bdi></span>)}</p>
      {data?.description && <p>{short ? firstSentence(data.description) : data.description}</p>}
      <Marking />
      <p className="sheet-line"><span>{data?.title ?? 'Bivouac'} · {say('status.version', { n: count(version ?? data?.version ?? 0) })} · <bdi dir="ltr">{now} UTC</bdi></span><span>{say('print.page', { n: page, of })}</span></p>
    </footer>
  );
}
