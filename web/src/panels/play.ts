// Plays on: one step after another, each drawn before the next, at most four a second, until the end of all there is.
import { useEffect } from 'react';
import { useMap } from '../map/MapView.tsx';
import { useClock } from '../state/clock.ts';
import { firstToPlay, stepped, type Domain, type TimeRange } from '../state/time.ts';
import { useView } from '../state/view.ts';

/** What is played. */
export interface Player {
  begin(): void;
  /** One step on; false at the end. */
  step(): boolean;
  /** Until the step is seen. */
  drawn(): Promise<void> | undefined;
  end?(): void;
}

const wait = (ms: number) => new Promise((done) => setTimeout(done, ms));
/** A map that does not answer holds time up for so long, and no longer. */
const patience = 5000;

/** One step on or back; nothing at the end of all there is. */
export function stepTime(domain: Domain, by: 1 | -1): boolean {
  const { step, cumulative } = useClock.getState();
  const range = useView.getState().time;
  const next = range ? stepped(range, domain, step, by, cumulative) : by > 0 ? firstToPlay(undefined, domain, step, cumulative) : undefined;
  if (next) useView.getState().setTime(next);
  return next !== undefined;
}

function begin(domain: Domain) {
  const { step, cumulative } = useClock.getState();
  const range = useView.getState().time;
  const first = firstToPlay(range, domain, step, cumulative);
  if (!same(range, first)) useView.getState().setTime(first);
}

const same = (a: TimeRange | undefined, b: TimeRange) => a?.from === b.from && a.to === b.to;

/** The range of time. */
export const timePlayer = (domain: Domain): Player => ({ begin: () => begin(domain), step: () => stepTime(domain, 1), drawn: () => useMap.getState().map?.drawn() });

async function run({ begin: start, step, drawn }: Player, gone: () => boolean) {
  start();
  while (!gone()) {
    const due = wait(1000 / useClock.getState().speed);
    // The page first tells the map what to draw: that takes a moment after the state has changed.
    await wait(60);
    await Promise.race([drawn(), wait(patience)]);
    await due;
    if (gone()) return;
    if (!step()) useClock.getState().set({ playing: false });
  }
}

/** @param player undefined: there is nothing to play. It is played as it is when play begins. */
export function usePlay(player: Player | undefined) {
  const playing = useClock((c) => c.playing);
  useEffect(() => {
    if (!playing || !player) return;
    let stopped = false;
    void run(player, () => stopped);
    return () => {
      stopped = true;
      player.end?.();
    };
  }, [playing, player]);
}
