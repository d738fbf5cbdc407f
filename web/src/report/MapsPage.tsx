// The page that decides: a map of each option side by side, what changes, and the five factors.
import { useEffect, useMemo, useRef } from 'react';
import { usePicture } from '../app/PaperBar.tsx';
import { SheetMap } from '../app/PrintSheet.tsx';
import type { Report, ReportOption } from '../api/reports.ts';
import { useWords } from '../i18n/words.ts';
import { Letter } from './Cover.tsx';
import { FactorSection } from './FactorPlot.tsx';
import { basesOf, firstLines, minuteSteps, type Line } from './figures.ts';
import { pictureOfOption, minuteTokens, type OptionOnMap } from './picture.ts';
import { ChangeHead, ChangeRow, stackedFrom } from './rows.tsx';
import { leadText, minutesTitle, optionTitle } from './text.ts';

interface Props {
  report: Report;
  lines: Line[];
  maps: OptionOnMap[];
  /** Told when the map of an option is there. */
  drawn(letter: string): void;
}

/** From so many options on, the base line among them, the maps have a page of their own, two in a row, so that they can be read. */
export const ownPageFrom = 3;

export function MapsPage({ report, lines, maps, drawn }: Props) {
  const words = useWords();
  const { options } = report;
  const [base] = options;
  if (!base) return null;
  const warnings = (report.envelope?.warnings ?? []).slice(0, 3);
  return (
    <>
      <Leads options={options} lines={lines} />
      <div className="report-maps">{options.map((o, i) => maps[i] && <OptionMap key={o.letter} option={o} shown={maps[i]} drawn={drawn} />)}</div>
      <MapKey base={base} />
      <div className="report-pair">
        <FirstNumbers options={options} lines={lines} />
        <FactorSection report={report} />
      </div>
      {warnings.length > 0 && <section className="report-care"><h2>{words.say('brief.care')}</h2><div>{warnings.map((w) => <p key={w.text} dir="auto">{words.warning(w)}</p>)}</div></section>}
    </>
  );
}

/** What each option brings and costs, before the maps. */
export function LeadsPage({ report: { options }, lines }: Pick<Props, 'report' | 'lines'>) {
  return (
    <>
      <Leads options={options} lines={lines} />
      <FirstNumbers options={options} lines={lines} />
    </>
  );
}

/** The maps alone; beside an odd one is room for their key. */
export function MapsAlone({ report: { options }, maps, drawn }: Omit<Props, 'lines'>) {
  const [base] = options;
  const key = base && <MapKey base={base} />;
  const odd = options.length % 2 === 1;
  return (
    <>
      <div className="report-maps" data-alone="">
        {options.map((o, i) => maps[i] && <OptionMap key={o.letter} option={o} shown={maps[i]} drawn={drawn} />)}
        {odd && key}
      </div>
      {!odd && key}
    </>
  );
}

function Leads({ options, lines }: { options: ReportOption[]; lines: Line[] }) {
  const words = useWords();
  return <div className="report-leads">{options.slice(1).map((o, i) => <p key={o.letter} className="report-lead" data-testid="report-lead">{options.length > 2 && <Letter letter={o.letter} />} {leadText(words, lines, options, i)}</p>)}</div>;
}

/** The numbers that decide. */
function FirstNumbers({ options, lines }: { options: ReportOption[]; lines: Line[] }) {
  const words = useWords();
  const [base] = options;
  if (!base) return null;
  return (
    <section>
      <h2>{words.say('report.whatChanges')}</h2>
      <table className="table report-table" data-testid="report-changes" data-stacked={options.length >= stackedFrom || undefined}><ChangeHead words={words} options={options} /><tbody>{firstLines(lines).map((l) => <ChangeRow key={l.of.measure} words={words} line={l} lines={lines} base={base} />)}</tbody></table>
    </section>
  );
}

function OptionMap({ option, shown, drawn }: { option: ReportOption; shown: OptionOnMap; drawn(letter: string): void }) {
  const words = useWords();
  const frame = useRef<HTMLDivElement>(null);
  const own = useMemo(() => pictureOfOption(shown), [shown]);
  const { picture, failed, wanted } = usePicture(frame, true, own);
  const done = !wanted || picture !== undefined || failed !== undefined;
  useEffect(() => {
    if (done) drawn(option.letter);
  }, [done, drawn, option.letter]);
  return (
    <figure data-letter={option.letter}>
      <figcaption><Letter letter={option.letter} /> <b dir="auto">{optionTitle(words, option)}</b> <span>{words.say('report.baseCount', { n: basesOf(option).length })}</span></figcaption>
      {failed ? <p className="state bad" role="alert">{failed}</p> : <SheetMap frame={frame} picture={picture} mapped={wanted} />}
    </figure>
  );
}

/** One key for all maps. */
function MapKey({ base }: { base: ReportOption }) {
  const words = useWords();
  const { say, count } = words;
  const steps = minuteSteps(base);
  return (
    <div className="report-key">
      {base.medical && (
        <div>
          <h3>{minutesTitle(words, base)}</h3>
          <ol>{minuteTokens.map((name, i) => <li key={name}><i style={{ background: `var(--${name})` }} /><span>{count(steps[i] ?? 0)}</span></li>)}<li data-beyond=""><i /><span>{say('report.beyond')}</span></li></ol>
        </div>
      )}
      <p className="note">{say('report.mapNote')}</p>
    </div>
  );
}
