// The time bar: one range for map, lists, table and charts; under it the records of each period that pass every other filter. In the
// planner's workspace it has the days of a drawdown too, and plays them.
import { useEffect, useMemo } from 'react';
import { useWords } from '../i18n/words.ts';
import { dayPlayer, useDrawdown } from '../planning/drawdown.ts';
import { useClock } from '../state/clock.ts';
import type { Domain } from '../state/time.ts';
import { useView } from '../state/view.ts';
import { Button } from '../ui/Button.tsx';
import { PlayButton, TimeControls } from './TimeControls.tsx';
import { TimePlot } from './TimePlot.tsx';
import { useHistogram } from './histogram.ts';
import { timePlayer, usePlay, type Player } from './play.ts';

/** @param small as on the phone: the plot and its handles alone */
export function TimeBar({ small = false }: { small?: boolean }) {
  const { say } = useWords();
  const histogram = useHistogram();
  const known = 'domain' in histogram ? histogram : undefined;
  const drawdown = useDrawdown();
  const days = drawdown !== undefined;
  const player = usePlayer(known?.domain, days);
  usePlay(player);
  // What is played is another: it does not play on by itself.
  useEffect(() => () => useClock.getState().set({ playing: false }), [days]);
  return (
    <section className="time-bar" data-small={small || undefined} aria-label={say('time.title')} data-testid="time-bar">
      {known ? (
        <>
          {small ? <PlayButton /> : <TimeControls domain={known.domain} drawdown={drawdown} />}
          <TimePlot histogram={known} small={small} drawdown={drawdown} />
        </>
      ) : <Missing histogram={histogram as Exclude<typeof histogram, { domain: unknown }>} />}
    </section>
  );
}

/** A drawdown is played in place of the time, where the planner's workspace has one. */
function usePlayer(domain: Domain | undefined, days: boolean): Player | undefined {
  const [first, last] = domain ?? [];
  return useMemo(() => (days ? dayPlayer() : first === undefined || last === undefined ? undefined : timePlayer([first, last])), [days, first, last]);
}

/** The controls that the small bar has no room for. */
export function TimeSection() {
  const { say } = useWords();
  const histogram = useHistogram();
  const setTime = useView((v) => v.setTime);
  const chosen = useView((v) => v.time !== undefined);
  if (!('domain' in histogram)) return null;
  return (
    <section className="time-section" aria-label={say('time.title')}>
      <div className="section-head">
        <h3>{say('time.title')}</h3>
        {chosen && <Button look="quiet" onPress={() => setTime(undefined)}>{say('time.all')}</Button>}
      </div>
      <TimeControls domain={histogram.domain} />
    </section>
  );
}

function Missing({ histogram: { layer, asked, error, retry } }: { histogram: Exclude<ReturnType<typeof useHistogram>, { domain: unknown }> }) {
  const { say } = useWords();
  if (error) return <p className="state bad" role="alert">{error.message || say('state.unreachable')} <Button look="link" onPress={retry}>{say('state.tryAgain')}</Button></p>;
  if (!layer || asked) return <p className="state">{say('time.none')}</p>;
  return <p className="state" role="status">{say('state.loading')}</p>;
}
