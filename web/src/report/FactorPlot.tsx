// The five factors from 0 to 100 as dots: a square for the base line, a disc for each scenario. Readable in grey by shape and letter.
import type { OptionParts } from '../api/footprints.ts';
import type { Report, ReportOption } from '../api/reports.ts';
import { useWords } from '../i18n/words.ts';
import { shownPart } from '../planning/figures.ts';
import { factors, type Factor } from '../state/scenario.ts';
import { Letter } from './Cover.tsx';
import { factorsOf } from './figures.ts';
import { optionTitle } from './text.ts';

/** Dots nearer than so many of 100 would cover each other; they stand so many pixels aside. */
const [near, aside] = [4, 15];

export function FactorSection({ report }: { report: Report }) {
  const { say } = useWords();
  return (
    <section>
      <h2>{say('report.factors')}</h2>
      <FactorPlot options={report.options} parts={factorsOf(report)} />
      <p className="note">{say('report.factorsNote')}</p>
    </section>
  );
}

function FactorPlot({ options, parts }: { options: ReportOption[]; parts: (OptionParts | undefined)[] }) {
  const words = useWords();
  const { say } = words;
  return (
    <div className="report-factors" data-testid="report-factors">
      {factors.map((f) => <FactorLine key={f} factor={f} options={options} values={parts.map((p) => shownPart(f, p?.[f]))} />)}
      <ul>{options.map((o) => <li key={o.letter}><Letter letter={o.letter} /> <span dir="auto">{o.letter === 'base' ? optionTitle(words, o) : options.length > 2 ? o.letter : say('plan.scenario')}</span></li>)}</ul>
    </div>
  );
}

function FactorLine({ factor, options, values }: { factor: Factor; options: ReportOption[]; values: (number | undefined)[] }) {
  const { say, count } = useWords();
  const told = values.map((v) => (v === undefined ? say('plan.unknown') : count(v)));
  // Those that would lie on each other stand side by side.
  const beside = values.map((v, i) => values.slice(0, i).filter((w) => v !== undefined && w !== undefined && Math.abs(v - w) < near).length);
  const known = values.filter((v) => v !== undefined);
  return (
    <div className="report-factor" data-factor={factor}>
      <p><b>{say(`plan.factor.${factor}`)}{factor === 'threat' && ` ${say('report.lessIsBetter')}`}</b><bdi dir="ltr">{told.join(' · ')}</bdi></p>
      <div className="report-track">
        {known.length > 1 && <span style={{ insetInlineStart: `${Math.min(...known)}%`, inlineSize: `${Math.max(...known) - Math.min(...known)}%` }} />}
        {options.map(({ letter }, i) => values[i] !== undefined && <span key={letter} className="report-dot" style={{ insetInlineStart: `calc(${values[i]}% + ${((values[i] ?? 0) > 90 ? -aside : aside) * (beside[i] ?? 0)}px)` }}><Letter letter={letter} /></span>)}
      </div>
    </div>
  );
}
