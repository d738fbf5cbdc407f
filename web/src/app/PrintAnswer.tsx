// The answers that the map shows, on paper: their classes with counts, and how the open one was made, with its warnings.
import { directionOf } from '../i18n/languages.ts';
import { useWords } from '../i18n/words.ts';
import { useCompared } from '../map/comparedPeriod.ts';
import { CompareKey } from '../panels/CompareKey.tsx';
import { sideNames } from '../panels/comparedText.ts';
import { DifferenceTable } from '../panels/DifferenceTable.tsx';
import { differencesOf } from '../panels/difference.ts';
import { Method } from '../panels/Method.tsx';
import { ResultKey } from '../panels/ResultKey.tsx';
import { useLayers } from '../map/ResultOnMap.tsx';
import { useSides } from '../map/sides.ts';
import { ComparedKey } from '../planning/ComparedKey.tsx';
import { useAnswers } from '../planning/answers.ts';
import { useComparesFootprints } from '../planning/compared.ts';
import { useAnalyses } from '../state/analyses.ts';
import { useComparison, type Pair } from '../state/comparison.ts';

export function PrintAnswer() {
  const layers = useLayers();
  const envelope = useAnalyses((a) => a.runs[a.last ?? '']?.outcome?.envelope);
  const pair = useComparison((c) => c.pair);
  if (useComparesFootprints()) return <PrintFootprints />;
  if (pair) return <PrintComparison pair={pair} />;
  if (!layers.length) return null;
  return (
    <section className="sheet-answer" data-testid="print-answer">
      {[...layers].reverse().map((l, i) => <ResultKey key={i} {...l} />)}
      {envelope && <Method envelope={envelope} />}
    </section>
  );
}

/** As many measures find room beside the map; those with an interval go first. */
const mostRows = 8;

function PrintComparison({ pair }: { pair: Pair }) {
  const names = sideNames(useWords(), pair);
  const compared = useCompared();
  const rows = differencesOf(pair.process, pair.sides);
  const sure = (verdict: string) => Number(verdict === 'told');
  const warnings = [...new Set(pair.sides.flatMap((s) => s.envelope?.warnings ?? []))];
  return (
    <section className="sheet-answer comparison" data-testid="print-answer">
      {compared && <CompareKey compared={compared} names={names} />}
      {rows.length > 0 && <DifferenceTable rows={[...rows].sort((a, b) => sure(a.verdict) - sure(b.verdict)).slice(0, mostRows)} names={names} />}
      {warnings.map((w) => <p key={w} className="note">{w}</p>)}
    </section>
  );
}

/** The key of the layer that the maps show beneath the bases, and how it was made. */
function PrintFootprints() {
  const { layerBase, layerOption } = useAnswers();
  const warnings = [...new Set([layerBase, layerOption].flatMap(({ answer }) => answer?.envelope?.warnings ?? []))];
  return (
    <section className="sheet-answer comparison" data-testid="print-answer">
      <ComparedKey />
      {warnings.map((w) => <p key={w} className="note">{w}</p>)}
    </section>
  );
}

/** Over the map on paper: which side of the line is which. The line stands as on screen, and paper has no other direction. */
export function PrintSides() {
  const { language } = useWords();
  const names = useSides()?.names;
  if (!names) return null;
  const [left, right] = directionOf(language) === 'rtl' ? [names[1], names[0]] : names;
  return <><p className="sheet-side">{left.title}</p><p className="sheet-side" data-right>{right.title}</p></>;
}
