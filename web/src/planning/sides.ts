// The base line and the scenario as the two sides of a comparison: what each is called, and what its map draws.
import { useMemo } from 'react';
import { stationsIn } from '../api/footprints.ts';
import { useProcess } from '../api/queries.ts';
import { useWords, type Words } from '../i18n/words.ts';
import type { Sides } from '../map/sides.ts';
import type { Drawn } from '../panels/resultShapes.ts';
import type { Answer } from '../live/asked.ts';
import { daysOf } from '../state/scenario.ts';
import { useView } from '../state/view.ts';
import { useAnswers, useChanges } from './answers.ts';
import { drawnIn, processOf, useComparesFootprints } from './compared.ts';
import { useScenarioName } from './title.ts';

const none: Drawn[] = [];

/** Of the maps, in hundredths. */
const middle = 50;
const move = (at: number) => useView.getState().setScenario({ swipe: at === middle ? undefined : at });

/** Absent: one map is shown. */
export function useFootprintSides(): Sides | undefined {
  const words = useWords();
  const layer = useComparesFootprints();
  const drawn = useDrawn();
  const names = useNames(words);
  const at = useView((v) => v.scenario.swipe) ?? middle;
  return useMemo(() => layer && { names, drawn, line: { at, move }, shown: words.say('plan.side'), close: () => useView.getState().setScenario({ compared: undefined, swipe: undefined }) }, [words, layer, drawn, names, at]);
}

/** What the maps draw of the answers for the layer; nothing of one that answers for another. */
export function useDrawn(): [Drawn[], Drawn[]] {
  const layer = useComparesFootprints();
  const id = processOf(layer);
  const process = useProcess(id ?? '', id !== undefined).data;
  const { layerBase, layerOption } = useAnswers();
  const side = ({ answer, of }: Answer) => (layer && process && process.id === id && answer && of?.process === id ? drawnIn(layer, answer, process) : none);
  // eslint-disable-next-line react-hooks/exhaustive-deps -- an answer is another when its content is
  return useMemo(() => [side(layerBase), side(layerOption)], [layer, process, layerBase.answer, layerOption.answer]);
}

function useNames(words: Words): Sides['names'] {
  const name = useScenarioName();
  const [day, time, asof] = [useView((v) => v.scenario.day), useView((v) => v.time), useView((v) => v.asof)];
  const { base, option } = useAnswers();
  const changes = useChanges();
  const until = day ?? daysOf(changes ?? []).at(-1);
  return useMemo(() => {
    const note = (answer: Answer['answer'], at: string | undefined) => {
      const n = answer ? stationsIn(answer).length : undefined;
      if (n === undefined) return '';
      return at ? words.say('plan.sideOn', { n, day: words.day(at) }) : words.say('plan.sideAfter', { n });
    };
    const now = time?.to ?? (asof ?? base.answer?.envelope?.timeStamp)?.slice(0, 10);
    return [{ title: words.say('plan.baseLine'), note: note(base.answer, now) }, { title: name, note: note(option.answer ?? base.answer, until) }];
  }, [words, name, until, time, asof, base.answer, option.answer]);
}
