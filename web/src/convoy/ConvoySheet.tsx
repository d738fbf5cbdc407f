// The convoy sheet on A4, upright: what a convoy takes along. One page where check points and notes allow it; each page bears marking,
// sources and data version, and all of it is readable in grey.
import { useLayoutEffect, useRef, useState, type ReactNode, type RefObject } from 'react';
import { useIntl } from 'react-intl';
import type { Outcome } from '../api/execution.ts';
import { fineness } from '../app/PaperBar.tsx';
import { Foot, Marking, SheetHead, SheetMap, type MapProps } from '../app/PrintSheet.tsx';
import { useWords } from '../i18n/words.ts';
import { conditionsOf, type Convoy } from './convoy.ts';
import { blocksOf } from './blocks.tsx';
import { KeyFigures } from './KeyFigures.tsx';
import { LegHead, LegRow, LegsNote } from './LegRow.tsx';
import { convoyPages, type Page } from './pages.ts';
import type { pictureOfWay } from './picture.ts';
import { kmOf, localTime, type LocalTime } from './text.ts';
import './convoy.css';

interface Props extends MapProps {
  sheet: RefObject<HTMLDivElement | null>;
  title: string;
  convoy: Convoy;
  outcome: Outcome;
  own: ReturnType<typeof pictureOfWay>;
  /** Told how many pages there are, once they are laid out. */
  laid(pages: number): void;
}

/** The least height of the map, in pixels. */
const leastMap = 210;
const gap = 8;

export function ConvoySheet({ sheet, title, convoy, outcome, own, laid, ...map }: Props) {
  const intl = useIntl();
  const time = localTime(intl.locale, Number(conditionsOf(outcome).utc_offset_h ?? 0));
  const radius = Number(conditionsOf(outcome).radius_m ?? 0);
  const blocks = blocksOf(convoy, outcome, radius, time);
  const measured = useRef<HTMLDivElement>(null);
  const [pages, setPages] = useState<Page[]>();
  useLayoutEffect(() => {
    if (!measured.current) return;
    const found = layOut(measured.current);
    setPages(found);
    laid(found.length);
  }, [convoy, intl.locale, title, laid]);
  const rows = (from: number, to: number) => convoy.points.slice(from, to).map((p, i) => <LegRow key={from + i} n={from + i + 1} point={p} time={time} />);
  const frameOf = (n: number, of: number, inner: ReactNode) => <Frame key={n} n={n} of={of} title={title} convoy={convoy} outcome={outcome} time={time} box={own.bounds}>{inner}</Frame>;
  return (
    <>
      <div ref={measured} className="convoy-measure" aria-hidden="true">
        {frameOf(1, 2, null)}
        {frameOf(2, 2, null)}
        <div className="sheet-a4 sheet-convoy"><div className="convoy-blocks"><Legs>{rows(0, convoy.points.length)}</Legs><LegsNote radius={radius} time={time} />{blocks.map((b, i) => <div key={i} className="convoy-block">{b}</div>)}</div></div>
      </div>
      <div ref={sheet} className="convoy-pages" data-testid="convoy">
        {pages?.map((page, i) => frameOf(i + 1, pages.length, (
          <>
            {i === 0 && <WayMap convoy={convoy} own={own} {...map} />}
            {page.rows[1] > page.rows[0] && <Legs>{rows(...page.rows)}</Legs>}
            {page.rows[1] === convoy.points.length && page.rows[1] > page.rows[0] && <LegsNote radius={radius} time={time} />}
            {blocks.slice(...page.blocks).map((b, k) => <div key={k} className="convoy-block">{b}</div>)}
          </>
        )))}
      </div>
    </>
  );
}

/** The room of both kinds of page, and the heights of what is to stand on them. */
function layOut(holder: HTMLElement): Page[] {
  const [first, next] = [...holder.querySelectorAll<HTMLElement>('.convoy-body')].map((e) => e.clientHeight);
  const height = (e: Element | null) => e?.getBoundingClientRect().height ?? 0;
  const rows = [...holder.querySelectorAll('tbody tr')].map(height);
  const note = height(holder.querySelector('.convoy-blocks > .note')) + gap;
  return convoyPages({
    first: (first ?? 0) - leastMap - note - gap, next: (next ?? 0) - note, head: height(holder.querySelector('thead')) + gap, rows,
    blocks: [...holder.querySelectorAll('.convoy-block')].map(height), gap,
  });
}

function Legs({ children }: { children: ReactNode }) {
  return <table className="table convoy-legs" data-testid="convoy-legs"><LegHead /><tbody>{children}</tbody></table>;
}

interface FrameProps extends Pick<Props, 'title' | 'convoy' | 'outcome'> {
  n: number;
  of: number;
  time: LocalTime;
  box: Props['own']['bounds'];
  children: ReactNode;
}

function Frame({ n, of, title, convoy, outcome, time, box, children }: FrameProps) {
  const { say } = useWords();
  return (
    <div className="sheet-a4 sheet-convoy" data-page={n}>
      <Marking />
      {n === 1 ? <SheetHead title={title} kind={say('convoy.kind')} facts={<Facts departs={convoy.departs} time={time} />} /> : <p className="convoy-again"><b>{title}</b></p>}
      {n === 1 ? <KeyFigures convoy={convoy} time={time} /> : <span />}
      <div className="convoy-body">{children}</div>
      <Foot short page={n} of={of} version={Number(outcome.envelope?.version) || undefined} box={box} />
    </div>
  );
}

/** What is known of the convoy, with lines to write on what is not. */
function Facts({ departs, time }: { departs?: string; time: LocalTime }) {
  const { say } = useWords();
  return (
    <dl className="convoy-facts">
      <div><dt>{say('convoy.convoy')}</dt><dd className="blank" /></div>
      <div><dt>{say('convoy.leaves')}</dt>{departs ? <dd data-testid="convoy-leaves">{time.full(departs)} <bdi dir="ltr">{time.zone}</bdi></dd> : <dd className="blank" />}</div>
      <div><dt>{say('convoy.vehicles')}</dt><dd className="blank" /></div>
    </dl>
  );
}

/** Places nearer than this on paper share one label. */
const together = 60;

function WayMap({ convoy, own, picture, ...map }: Pick<Props, 'convoy' | 'own'> & MapProps) {
  const words = useWords();
  const { say } = words;
  const { reaction_force: force, surgery } = convoy.weakest;
  const spots = own.labels.flatMap(({ kind }, i) => (picture?.spots[i] ? [{ kind, ...picture.spots[i] }] : []));
  const [a, b] = [spots.find((s) => s.kind === 'reaction_force'), spots.find((s) => s.kind === 'surgery')];
  const one = a && b && Math.hypot(a.x - b.x, a.y - b.y) < together;
  const texts = {
    letter: convoy.letter, from: say('convoy.start'), to: say('convoy.end'),
    reaction_force: force && say(one ? 'convoy.weakHelp' : 'convoy.weakForce', { km: kmOf(words, force.at_km) }),
    surgery: surgery && !one && say('convoy.weakSurgery', { km: kmOf(words, surgery.at_km) }),
  };
  const middle = (picture?.canvas.width ?? 0) / fineness / 2;
  return (
    <div className="sheet-main">
      <SheetMap picture={picture} {...map}>
        {spots.map(({ kind, x, y }) => texts[kind] && <span key={kind} className="convoy-spot" data-kind={kind} data-before={x > middle || undefined} dir="auto" style={{ left: x, top: y }}>{texts[kind]}</span>)}
      </SheetMap>
    </div>
  );
}
