// A footprint: which bases, drawn or picked, what radius, what area; the server's answer follows every change.
import { useEffect, useMemo } from 'react';
import { runFootprint } from '../api/ask.ts';
import { ApiError } from '../api/client.ts';
import type { Footprint } from '../api/footprint.ts';
import { useLatest } from '../api/latest.ts';
import { useProcess } from '../api/queries.ts';
import type { Process } from '../api/shapes.ts';
import { useWorld } from '../app/world.ts';
import { useWords } from '../i18n/words.ts';
import { useDataEpoch } from '../live/store.ts';
import { useMap } from '../map/MapView.tsx';
import { usePrefs } from '../state/prefs.ts';
import { useUi } from '../state/ui.ts';
import { useView } from '../state/view.ts';
import { Button, IconButton } from '../ui/Button.tsx';
import { Icon } from '../ui/Icon.tsx';
import { AreaSection } from './AreaSection.tsx';
import { DrawnBases } from './DrawnBases.tsx';
import { FootprintAnswer } from './FootprintAnswer.tsx';
import { findingOf, questionOf, usualRadius } from './footprint.ts';
import { SchemaForm } from './SchemaForm.tsx';
import { useWithin } from './within.ts';

export function FootprintPanel() {
  const { say } = useWords();
  const set = useUi((u) => u.set);
  const process = useProcess('footprint');
  return (
    <>
      <div className="section-head">
        <h2 className="panel-title">{say('footprint.title')}</h2>
        <IconButton icon="close" label={say('action.close')} onPress={() => set({ panel: 'layers' })} />
      </div>
      {process.isPending && <div className="skeleton" role="status" aria-label={say('state.loading')}><i /><i /><i /></div>}
      {process.error && <p className="state bad" role="alert">{process.error.message} <Button look="link" onPress={() => void process.refetch()}>{say('state.tryAgain')}</Button></p>}
      {process.data && <FootprintForm process={process.data} />}
    </>
  );
}

function FootprintForm({ process }: { process: Process }) {
  const { say } = useWords();
  const { footprint, drawn, time, setPick, setRadius } = useView();
  const { layers } = useWorld();
  const { within, problem } = useWithin(drawn.within);
  const inputs = useMemo(() => Object.fromEntries(Object.entries(process.inputs).filter(([name]) => name === 'bases' || name === 'radius_m')), [process]);
  const timed = 'datetime' in process.inputs;
  const question = questionOf({ footprint, drawn, within, time: timed ? time : undefined });
  const { answer, error, stale } = useLatest(question, runFootprint, useDataEpoch());
  const values = { bases: footprint.bases, radius_m: footprint.radiusMetres ?? (drawn.places.length ? usualRadius : undefined) };
  useReach(question && answer, stale);
  useSentence(question && answer, stale);
  return (
    <>
      <form onSubmit={(e) => e.preventDefault()}>
        <p className="note">{say('footprint.what')}</p>
        <SchemaForm inputs={inputs} values={values} onChange={(name, value) => (name === 'bases' ? setPick(value as number[]) : setRadius(value as number | undefined))} />
        <DrawnBases />
        <AreaSection layers={layers} problem={problem} />
      </form>
      {!question && <p className="note">{say('footprint.pickFirst')}</p>}
      {question && error && <p className="state bad" role="alert"><Icon name="warning" /> {error instanceof ApiError ? error.message || say('state.unreachable') : error.message}</p>}
      {question && answer && <FootprintAnswer answer={answer} stale={stale} />}
    </>
  );
}

/** Rings, union, overlap and gaps on the map, dimmed while the next answer is computed. */
function useReach(answer: Footprint | undefined, stale: boolean) {
  const map = useMap((m) => m.map);
  const theme = usePrefs((p) => p.theme);
  useEffect(() => {
    if (!map) return;
    map.setDrawing('rings', answer?.rings?.features ?? []);
    map.setDrawing('union', answer?.union ? [answer.union] : []);
    map.setDrawing('overlap', answer?.overlap?.features ?? []);
    map.setDrawing('gaps', answer?.gaps ? [answer.gaps] : []);
  }, [map, answer, theme]);
  useEffect(() => () => (['rings', 'union', 'overlap', 'gaps'] as const).forEach((source) => map?.setDrawing(source, [])), [map]);
  useEffect(() => {
    // A quick answer is not announced by a flicker.
    const timer = setTimeout(() => map?.dimReach(stale), stale ? 250 : 0);
    return () => clearTimeout(timer);
  }, [map, stale]);
}

function useSentence(answer: Footprint | undefined, stale: boolean) {
  const words = useWords();
  const set = useUi((u) => u.set);
  const text = answer && findingOf(answer, words);
  useEffect(() => {
    set({ answer: text ? { text, stale } : undefined, reach: answer });
    return () => set({ answer: undefined, reach: undefined });
  }, [text, answer, stale, set]);
}
