// The two sides of the comparison that the maps show, whichever it is: two periods of an analysis, or the base line and a scenario.
import { useMemo } from 'react';
import { useWords } from '../i18n/words.ts';
import { sideNames, type SideName } from '../panels/comparedText.ts';
import type { Drawn } from '../panels/resultShapes.ts';
import { useFootprintSides } from '../planning/sides.ts';
import { useComparison } from '../state/comparison.ts';
import { useSwipe } from '../state/swipe.ts';
import { useCompared } from './comparedPeriod.ts';

export interface Sides {
  names: [SideName, SideName];
  /** What each map draws of the answers, the lowest first. */
  drawn: [Drawn[], Drawn[]];
  /** Where the line between them stands, where a link holds it. Absent: it is this screen's alone. */
  line?: { at: number; move(at: number): void };
  /** What the switch of a phone chooses. */
  shown: string;
  close(): void;
}

export function useSides(): Sides | undefined {
  const periods = usePeriodSides();
  return useFootprintSides() ?? periods;
}

/** The line between the sides, wherever it is kept. */
export function useLine(line: Sides['line']): NonNullable<Sides['line']> {
  const { at, set } = useSwipe();
  return line ?? { at, move: (to) => set({ at: to }) };
}

function usePeriodSides(): Sides | undefined {
  const words = useWords();
  const { pair, close } = useComparison();
  const compared = useCompared();
  return useMemo(() => {
    if (!pair || !compared) return undefined;
    const [first, second] = compared.sides;
    return { names: sideNames(words, pair), drawn: [[first], [second]], shown: words.say('compare.show'), close };
  }, [words, pair, compared, close]);
}
