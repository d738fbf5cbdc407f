// The answers that the map shows, on paper: their classes with counts, and how the open one was made, with its warnings.
import { directionOf } from '../i18n/languages.ts';
import type { Envelope } from '../api/envelope.ts';
import { distinct } from '../api/warning.ts';
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

/** The keys of what the map shows. */
export function PrintAnswer() {
  const layers = useLayers();
  const words = useWords();
  const pair = useComparison((c) => c.pair);
  const compared = useCompared();
  const footprints = useComparesFootprints();
  if (footprints) return <section className="sheet-answer comparison" data-testid="print-answer"><ComparedKey /></section>;
  if (pair) return <section className="sheet-answer comparison" data-testid="print-answer">{compared && <CompareKey compared={compared} names={sideNames(words, pair)} />}</section>;
  if (!layers.length) return null;
  return <section className="sheet-answer" data-testid="print-answer">{[...layers].reverse().map((l, i) => <ResultKey key={i} {...l} />)}</section>;
}

/** How the answers were made, and what to read with care. */
export function PrintNotes() {
  const envelope = useAnalyses((a) => a.runs[a.last ?? '']?.outcome?.envelope);
  const shown = useLayers().length > 0;
  const pair = useComparison((c) => c.pair);
  const { layerBase, layerOption } = useAnswers();
  const footprints = useComparesFootprints();
  if (footprints) return <Warnings of={[layerBase, layerOption].map(({ answer }) => answer?.envelope)} />;
  if (pair) return <><Differences pair={pair} /><Warnings of={pair.sides.map((s) => s.envelope)} /></>;
  return shown && envelope ? <section className="sheet-answer"><Method envelope={envelope} /></section> : null;
}

/** As many measures find room beside the map; those with an interval go first. */
const mostRows = 8;

function Differences({ pair }: { pair: Pair }) {
  const names = sideNames(useWords(), pair);
  const rows = differencesOf(pair.process, pair.sides);
  const sure = (verdict: string) => Number(verdict === 'told');
  if (!rows.length) return null;
  return <section className="sheet-answer comparison"><DifferenceTable rows={[...rows].sort((a, b) => sure(a.verdict) - sure(b.verdict)).slice(0, mostRows)} names={names} /></section>;
}

function Warnings({ of }: { of: (Envelope | undefined)[] }) {
  const { warning } = useWords();
  const warnings = distinct(of.flatMap((e) => e?.warnings ?? []));
  if (!warnings.length) return null;
  return <section className="sheet-answer">{warnings.map((w) => <p key={w.text} className="note" dir="auto">{warning(w)}</p>)}</section>;
}

/** Over the map on paper: which side of the line is which. The line stands as on screen, and paper has no other direction. */
export function PrintSides() {
  const { language } = useWords();
  const names = useSides()?.names;
  if (!names) return null;
  const [left, right] = directionOf(language) === 'rtl' ? [names[1], names[0]] : names;
  return <><p className="sheet-side">{left.title}</p><p className="sheet-side" data-right>{right.title}</p></>;
}
