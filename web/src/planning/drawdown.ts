// The drawdown that is drawn up: its days while the workspace is open, and how they are stepped through and played.
import { useMemo } from 'react';
import { usePanel } from '../app/openPanel.ts';
import { useMap } from '../map/MapView.tsx';
import type { Player } from '../panels/play.ts';
import { beginGesture, endGesture } from '../state/history.ts';
import { nextStop, stopsOf, type Drawdown } from '../state/drawdown.ts';
import { daysOf, type Change } from '../state/scenario.ts';
import { useView } from '../state/view.ts';
import { useAnswers, useChanges } from './answers.ts';
import { currentChanges } from './current.ts';

/** While the workspace is open, of a scenario with days. */
export function useDrawdown(): Drawdown | undefined {
  const open = usePanel() === 'plan';
  const changes = useChanges();
  const day = useView((v) => v.scenario.day);
  return useMemo(() => {
    const days = open && changes ? daysOf(changes) : [];
    return changes && days.length ? { days, changes, ...(day !== undefined && { day }) } : undefined;
  }, [open, changes, day]);
}

export const lookAt = (day: string | undefined) => useView.getState().setScenario({ day });

const now = (): Drawdown | undefined => {
  const changes = currentChanges();
  const days = changes ? daysOf(changes) : [];
  return changes && days.length ? { days, changes, day: useView.getState().scenario.day } : undefined;
};

export function stepDay(by: 1 | -1): boolean {
  const drawdown = now();
  const next = drawdown && nextStop(drawdown, by);
  if (next !== undefined) lookAt(next);
  return next !== undefined;
}

const stale = () => {
  const { option, compare, layerBase, layerOption } = useAnswers.getState();
  return [option, compare, layerBase, layerOption].some((a) => a.stale);
};

/** Until the numbers are those of the day. */
const answered = () =>
  new Promise<void>((done) => {
    if (!stale()) return done();
    const stop = useAnswers.subscribe(() => {
      if (stale()) return;
      stop();
      done();
    });
  });

/** Plays from the day that is looked at, or from the first where that is the last; one way back leads to where it began. */
export function dayPlayer(): Player {
  const of = ({ id, changes }: { id?: string; changes?: Change[] }) => ({ id, changes });
  let began = of(useView.getState().scenario);
  return {
    begin: () => {
      began = of(useView.getState().scenario);
      beginGesture();
      const drawdown = now();
      if (drawdown && nextStop(drawdown, 1) === undefined) lookAt(stopsOf(drawdown.days)[0]);
    },
    step: () => {
      const { id, changes } = useView.getState().scenario;
      // Another scenario, or another change, is not what was played.
      return id === began.id && changes === began.changes && stepDay(1);
    },
    drawn: () => answered().then(() => useMap.getState().map?.drawn()),
    end: endGesture,
  };
}
