// The answers that the map shows, on paper: their classes with counts, and how the open one was made, with its warnings.
import { Method } from '../panels/Method.tsx';
import { ResultKey } from '../panels/ResultKey.tsx';
import { useLayers } from '../map/ResultOnMap.tsx';
import { useAnalyses } from '../state/analyses.ts';

export function PrintAnswer() {
  const layers = useLayers();
  const envelope = useAnalyses((a) => a.runs[a.last ?? '']?.outcome?.envelope);
  if (!layers.length) return null;
  return (
    <section className="sheet-answer" data-testid="print-answer">
      {[...layers].reverse().map((l, i) => <ResultKey key={i} {...l} />)}
      {envelope && <Method envelope={envelope} />}
    </section>
  );
}
