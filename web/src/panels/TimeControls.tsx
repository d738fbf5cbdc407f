// Play, step, typed dates, window or cumulative, step size, speed.
import { useWords } from '../i18n/words.ts';
import { speeds, useClock, type Speed } from '../state/clock.ts';
import { DayChoice } from '../planning/DayChoice.tsx';
import { stepDay } from '../planning/drawdown.ts';
import { nextStop, type Drawdown } from '../state/drawdown.ts';
import { isRange, rangeOf, spanOf, steps, type Domain, type Step, type TimeRange } from '../state/time.ts';
import { useView } from '../state/view.ts';
import { IconButton } from '../ui/Button.tsx';
import { Choice } from '../ui/Choice.tsx';
import { DayField } from '../ui/DayField.tsx';
import { Segments } from '../ui/Segments.tsx';
import { stepTime } from './play.ts';

/** @param drawdown whose days are stepped through, in place of the time */
export function TimeControls({ domain, drawdown }: { domain: Domain; drawdown?: Drawdown }) {
  const { say } = useWords();
  const { playing, set } = useClock();
  const stepBy = (by: 1 | -1) => (drawdown ? stepDay(by) : stepTime(domain, by));
  const ends = (by: 1 | -1) => playing || (drawdown !== undefined && nextStop(drawdown, by) === undefined);
  return (
    <div className="time-controls">
      <div className="time-row">
        <PlayButton />
        <IconButton icon="back" label={say(drawdown ? 'plan.dayBefore' : 'time.back')} isDisabled={ends(-1)} onPress={() => stepBy(-1)} />
        <IconButton icon="forward" label={say(drawdown ? 'plan.dayAfter' : 'time.forward')} isDisabled={ends(1)} onPress={() => stepBy(1)} />
        <Dates domain={domain} onTyped={() => set({ playing: false })} />
      </div>
      <div className="time-row">{drawdown ? <><DayChoice {...drawdown} /><SpeedChoice /></> : <Ways domain={domain} />}</div>
    </div>
  );
}

export function PlayButton() {
  const { say } = useWords();
  const { playing, set } = useClock();
  return <span className="play"><IconButton icon={playing ? 'pause' : 'play'} label={say(playing ? 'time.pause' : 'time.play')} onPress={() => set({ playing: !playing })} /></span>;
}

/** Both ends typed; an empty one is as far as there are records. */
function Dates({ domain, onTyped }: { domain: Domain; onTyped(): void }) {
  const words = useWords();
  const time = useView((v) => v.time);
  const setTime = useView((v) => v.setTime);
  const whole = rangeOf(domain);
  const { from, to } = time ?? whole;
  const enter = (next: TimeRange) => {
    onTyped();
    setTime(next.from === whole.from && next.to === whole.to ? undefined : next);
  };
  const refuse = (next: TimeRange) => (isRange(next) ? undefined : words.say('time.reversed', { from: words.day(next.from), to: words.day(next.to) }));
  return (
    <>
      <DayField hideLabel label={words.say('time.from')} value={from} end="first" onChange={(day) => enter({ from: day || whole.from, to })} refuse={(day) => refuse({ from: day || whole.from, to })} />
      <span aria-hidden="true">–</span>
      <DayField hideLabel label={words.say('time.to')} value={to} end="last" onChange={(day) => enter({ from, to: day || whole.to })} refuse={(day) => refuse({ from, to: day || whole.to })} />
    </>
  );
}

function Ways({ domain }: { domain: Domain }) {
  const { say } = useWords();
  const { cumulative, step, set } = useClock();
  const time = useView((v) => v.time);
  const setTime = useView((v) => v.setTime);
  const choose = (id: string) => {
    set({ cumulative: id === 'cumulative' });
    // A cumulative range begins where the records begin.
    if (id === 'cumulative' && time) setTime(rangeOf([Math.min(domain[0], spanOf(time)[1] - 1), spanOf(time)[1]]));
  };
  return (
    <>
      <Segments label={say('time.way')} value={cumulative ? 'cumulative' : 'window'} onChange={choose} options={[{ id: 'window', label: say('time.window') }, { id: 'cumulative', label: say('time.cumulative') }]} />
      <Choice hideLabel label={say('time.step')} value={step} onChange={(id) => set({ step: id as Step })} options={steps.map((s) => ({ id: s, label: say(`time.step.${s}`) }))} />
      <SpeedChoice />
    </>
  );
}

function SpeedChoice() {
  const { say, count } = useWords();
  const { speed, set } = useClock();
  return <Choice hideLabel label={say('time.speed')} value={String(speed)} onChange={(id) => set({ speed: Number(id) as Speed })} options={speeds.map((s) => ({ id: String(s), label: `${count(s, 1)}×` }))} />;
}
