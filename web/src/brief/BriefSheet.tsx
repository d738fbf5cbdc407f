// The brief on one upright page: what, where, trend, and what to read with care. Every figure stands with its interval and denominator.
import type { RefObject } from 'react';
import { Foot, Marking, SheetHead, SheetMap, type MapProps } from '../app/PrintSheet.tsx';
import { useWorld } from '../app/world.ts';
import { decidedOf, trimmed } from '../charts/figures.ts';
import { useWords, type Words } from '../i18n/words.ts';
import { both } from '../panels/ChartsPanel.tsx';
import type { Drawn } from '../panels/resultShapes.ts';
import { ResultKey } from '../panels/ResultKey.tsx';
import { valueText } from '../panels/ResultView.tsx';
import { useAnalyses } from '../state/analyses.ts';
import type { Brief, useHighest } from './ask.ts';
import { BriefTrend } from './BriefTrend.tsx';
import { sumOf } from './figures.ts';
import { changeText, number, precisionText, selectedText, trendText } from './sentences.ts';

interface Props extends MapProps {
  sheet: RefObject<HTMLDivElement | null>;
  title: string;
  brief: Brief;
  layers: Drawn[];
  top: ReturnType<typeof useHighest>;
}

export function BriefSheet({ sheet, title, brief, layers, top, ...map }: Props) {
  const words = useWords();
  const { say } = words;
  return (
    <div ref={sheet} className="sheet-a4 sheet-brief" data-testid="brief">
      <Marking />
      <SheetHead title={title} kind={say('brief.kind')} />
      <p className="brief-lead" data-testid="brief-change">{changeText(words, brief)}</p>
      <div className="sheet-main">
        <SheetMap {...map} />
        <aside>
          <h2>{say('brief.where')}</h2>
          <div className="sheet-answer">{[...layers].reverse().map((l, i) => <ResultKey key={i} {...l} />)}</div>
        </aside>
      </div>
      <div className="brief-pair">
        <What brief={brief} />
        <section>
          <h2>{say('brief.trend')}</h2>
          <p className="note">{say(`time.per.${brief.step}`, { name: words.collection(brief.layer.collection) })}. {say('brief.band')}</p>
          <BriefTrend periods={trimmed(brief.figures.periods)} />
          <p data-testid="brief-trend">{trendText(words, brief)}</p>
          <Highest top={top} />
        </section>
      </div>
      <Care brief={brief} layers={layers} />
      <Foot short />
    </div>
  );
}

function Highest({ top: { field, rows } }: Pick<Props, 'top'>) {
  const words = useWords();
  const { layers } = useWorld();
  if (!field || !rows.length) return null;
  const of = layers.filter((l) => ['places', 'bases'].includes(l.collection.id)).map((l) => words.collection(l.collection).toLocaleLowerCase(words.language));
  return (
    <div className="brief-highest" data-testid="brief-highest">
      <h3>{words.say('brief.highest', { field: words.field(field) })}</h3>
      <ol>
        {rows.map(({ feature, near }, i) => (
          <li key={i} data-metres={near?.metres}>
            <b>{valueText(words, field, feature.properties?.[field.name])}</b>
            {typeof feature.properties?.events === 'number' && field.name !== 'events' && ` · ${words.say('brief.events', { n: words.count(feature.properties.events) })}`}
            {near && ` · ${words.say('brief.near', { distance: words.km(near.metres), name: near.name })}`}
          </li>
        ))}
      </ol>
      {of.length > 0 && <p className="note">{words.say('brief.nearest', { names: words.list(of) })}</p>}
    </div>
  );
}

interface Line {
  id: string;
  name: string;
  of: string;
  figure: string;
  interval: string;
}

const range = (lower: string | undefined, upper: string | undefined) => (lower && upper ? `${lower}–${upper}` : '');

function linesOf(words: Words, { figures: { total }, all, layer }: Brief): Line[] {
  const { say, count } = words;
  const whole = (n: number | undefined) => (n === undefined ? undefined : count(n));
  const one = (n: number | undefined) => (n === undefined ? undefined : number(words, n));
  const lines: Line[] = [{ id: 'count', name: words.collection(layer.collection), of: say('brief.ofAll', { all: count(all) }), figure: count(total.count), interval: range(whole(total.figure_lower), whole(total.figure_upper)) }];
  for (const field of ['killed', 'injured']) {
    const sum = sumOf(total, field);
    if (sum) lines.push({ id: field, name: words.field({ name: field, title: '' }), of: say('brief.stated', { n: count(sum.of), all: count(total.count) }), figure: count(sum.sum), interval: range(whole(sum.lower), whole(sum.upper)) });
  }
  const [rate, hurt] = [total.rates[both], total.sums[both]];
  if (rate?.per_record !== undefined && hurt !== undefined) lines.push({ id: 'rate', name: say('brief.each'), of: say('brief.over', { n: count(hurt), of: count(rate.of ?? total.count) }), figure: number(words, rate.per_record), interval: range(one(rate.lower), one(rate.upper)) });
  const hundred = (n: number | undefined) => (n === undefined ? undefined : count(n * 100, 1));
  if (total.share !== undefined) lines.push({ id: 'found', name: say('brief.found'), of: say('brief.known', { n: count(total.hits), of: count(decidedOf(total)) }), figure: hundred(total.share) ?? '', interval: range(hundred(total.share_lower), hundred(total.share_upper)) });
  lines.push({ id: 'placeless', name: say('brief.noPlace'), of: say('brief.ofCount', { all: count(total.count) }), figure: count(total.without_place ?? 0), interval: '' });
  return lines;
}

function What({ brief }: { brief: Brief }) {
  const words = useWords();
  return (
    <section>
      <h2>{words.say('brief.what')}</h2>
      <table className="table brief-what">
        <thead><tr><td /><th scope="col" className="end">{words.say('brief.figure')}</th><th scope="col" className="end">{words.say('brief.interval')}</th></tr></thead>
        <tbody>
          {linesOf(words, brief).map((l) => (
            <tr key={l.id} data-figure={l.id}><th scope="row">{l.name}<small>{l.of}</small></th><td className="end strong">{l.figure}</td><td className="end"><bdi dir="ltr">{l.interval}</bdi></td></tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

/** What was left out, how well places are known, and what recording does to counts; then how all of it was made. */
function Care({ brief, layers }: { brief: Brief; layers: Drawn[] }) {
  const words = useWords();
  const { say } = words;
  const { runs, last } = useAnalyses();
  const map = layers.length ? runs[last ?? '']?.outcome?.envelope : undefined;
  const { envelope } = brief.figures;
  return (
    <section className="brief-care">
      <h2>{say('brief.care')}</h2>
      <div className="brief-three">
        <div data-testid="brief-left">
          <p>{selectedText(words, brief)}</p>
          <p>{`${say('brief.figures')}: ${words.rows(envelope)}`}</p>
          {map && <p>{`${say('print.map')}: ${words.rows(map)}`}</p>}
        </div>
        <div data-testid="brief-precision">
          <p>{precisionText(words, brief)}</p>
          {brief.doubles !== undefined && <p>{say('brief.doubles', { n: words.count(brief.doubles) })}</p>}
        </div>
        <div><p>{say('brief.reporting')}</p><p>{say('brief.independent')}</p></div>
      </div>
      <p className="brief-method">{say('brief.method')} {map && <bdi>{say('brief.where')}: {String(map.method)}.</bdi>}</p>
    </section>
  );
}
