// The shown parts of the open analysis on the map, and what the shape under the pointer tells.
import { useEffect, useMemo } from 'react';
import type { Feature } from 'geojson';
import { useProcess } from '../api/queries.ts';
import { useWords } from '../i18n/words.ts';
import { topText } from '../panels/ResultKey.tsx';
import { drawnOf, drawnShapes, shownFirst, type Drawn, type Told } from '../panels/resultShapes.ts';
import { shadingOf } from '../panels/shading.ts';
import { shapesOf } from '../panels/result.ts';
import { valueText } from '../panels/ResultView.tsx';
import { useAnalyses } from '../state/analyses.ts';
import { usePrefs } from '../state/prefs.ts';
import { useUi } from '../state/ui.ts';
import { useView } from '../state/view.ts';
import { basisText, isSection, rateText } from '../routes/threat.ts';
import { ComparedCard } from '../planning/ComparedCard.tsx';
import { useComparesFootprints } from '../planning/compared.ts';
import { IconButton } from '../ui/Button.tsx';
import { useSecondMap } from './ComparedMap.tsx';
import type { MapController } from './controller.ts';
import { useSides } from './sides.ts';

/** The topmost layer in one sentence, on the map while its panel is open. */
function useSentence(layers: Drawn[]) {
  const words = useWords();
  const { panel, set } = useUi();
  const threat = useView((v) => v.plan.mode === 'threat');
  const open = panel === 'analyses' || (panel === 'routes' && threat);
  const top = layers.at(-1);
  const text = useMemo(() => {
    const shading = top && shadingOf(top.part, top.shade, top.like);
    return shading && topText(words, top.part, shading);
  }, [words, top]);
  useEffect(() => {
    if (!text || !open) return;
    set({ answer: { text, stale: false } });
    return () => set({ answer: undefined });
  }, [text, open, set]);
}

const none: Drawn[] = [];

/** The shapes of one side after those of the other, numbered on. */
const numberedOn = (features: Feature[], from: number): Feature[] => features.map((f) => ({ ...f, properties: { ...f.properties, index: Number(f.properties?.index) + from } }));

/** All layers of answers that are on the map, the lowest first. */
export function useLayers(): Drawn[] {
  const id = useAnalyses((a) => a.last);
  const outcome = useAnalyses((a) => a.runs[id ?? '']?.outcome);
  const shown = useAnalyses((a) => a.shown[id ?? '']);
  const kept = useAnalyses((a) => a.kept);
  const process = useProcess(id ?? '', id !== undefined).data;
  return useMemo(() => {
    const below = kept.filter((k) => k.visible && k.outcome !== outcome).reverse().flatMap((k) => k.layers);
    if (!outcome || !process) return below;
    const parts = shapesOf(outcome, process);
    return [...below, ...drawnOf(parts, shown ?? shownFirst(parts))];
  }, [outcome, shown, process, kept]);
}

export function ResultOnMap({ map }: { map: MapController }) {
  const layers = useLayers();
  const sides = useSides()?.drawn;
  const layer = useComparesFootprints();
  const second = useSecondMap((m) => m.map);
  const first = useMemo(() => drawnShapes(sides ? sides[0] : layers), [layers, sides]);
  const other = useMemo(() => drawnShapes(sides ? sides[1] : none), [sides]);
  const told = [...first.told, ...other.told];
  useSentence(sides ? none : layers);
  const theme = usePrefs((p) => p.theme);
  const { result, resultHover, set } = useUi();
  useEffect(() => {
    map.setDrawing('result', first.features);
    // A second map that is gone in this very moment is nobody's to draw on.
    if (second && second === useSecondMap.getState().map) second.setDrawing('result', numberedOn(other.features, first.told.length));
    set({ result: undefined, resultHover: undefined });
  }, [map, second, first, other, theme, set]);
  const [open, over] = [told[result ?? -1], told[resultHover ?? -1]];
  return (
    <>
      {over && !open && <ResultTip told={over} />}
      {open && sides && layer && <ComparedCard told={open} layer={layer} sides={sides} close={() => set({ result: undefined })} />}
      {open && !(sides && layer) && <ResultCard told={open} close={() => set({ result: undefined })} />}
    </>
  );
}

/** The first of its facts; the card has all. */
function ResultTip({ told: { part, properties } }: { told: Told }) {
  const words = useWords();
  if (isSection(part)) return <p className="result-tip" aria-hidden="true" data-testid="result-tip"><b>{String(properties.road)}</b> {rateText(words, properties)} · {basisText(words, properties)}</p>;
  const facts = part.fields.filter((f) => properties[f.name] !== null && properties[f.name] !== undefined).slice(0, 3);
  return <p className="result-tip" aria-hidden="true" data-testid="result-tip"><b>{part.title}</b> {facts.map((f) => `${words.field(f)}: ${valueText(words, f, properties[f.name])}`).join(' · ')}</p>;
}

function ResultCard({ told: { part, properties }, close }: { told: Told; close(): void }) {
  const words = useWords();
  return (
    <section className="card nearest" aria-label={part.title} data-testid="result-card">
      <header className="card-head">
        <div>{isSection(part) ? <><h2>{String(properties.road)}</h2><p>{rateText(words, properties)} · {basisText(words, properties)}</p></> : <h2>{part.title}</h2>}</div>
        <IconButton icon="close" label={words.say('action.close')} onPress={close} />
      </header>
      <dl className="facts">
        {part.fields.map((f) => <div key={f.name}><dt>{words.field(f)}</dt><dd>{valueText(words, f, properties[f.name]) || words.say('result.none')}</dd></div>)}
      </dl>
    </section>
  );
}
