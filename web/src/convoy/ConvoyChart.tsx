// Along the way: incidents in stretches of one length, and beneath, how long help takes from everywhere. It runs with the writing.
import { useLocale } from 'react-aria-components';
import { linear, roundTicks } from '../charts/scale.ts';
import { useWords } from '../i18n/words.ts';
import type { Support } from '../api/ways.ts';
import { stretches, type Convoy, type Help } from './convoy.ts';
import { duration, kmOf } from './text.ts';

/** In pixels of the page: the sheet has one width. */
const [width, side, bars, lines, between] = [370, 44, 70, 78, 14];
const mostBars = 48;

/** A line breaks where no help comes. */
function pathOf(support: Support[], help: Help, x: (km: number) => number, y: (minutes: number) => number): string {
  let pen = 'M';
  return support.flatMap((s) => {
    const minutes = s[`${help}_min`];
    if (minutes === undefined) return (pen = 'M'), [];
    const step = `${pen}${x(s.at_km).toFixed(1)} ${y(minutes).toFixed(1)}`;
    pen = 'L';
    return [step];
  }).join('');
}

export function ConvoyChart({ convoy }: { convoy: Convoy }) {
  const words = useWords();
  const { say } = words;
  const mirrored = useLocale().direction === 'rtl';
  const { km, counts } = stretches(convoy, mostBars);
  const x = linear([0, convoy.facts.km], mirrored ? [width - side, 0] : [side, width]);
  const most = Math.max(1, ...counts);
  const up = linear([0, most], [bars, 4]);
  const longest = Math.max(60, ...convoy.support.flatMap((s) => [s.reaction_force_min ?? 0, s.surgery_min ?? 0])) / 60;
  const hours = roundTicks(longest, 3, longest > 3).filter((t) => t <= longest);
  const base = bars + between + lines;
  const late = linear([0, longest], [base, bars + between + 4]);
  const [from, to] = mirrored ? [0, width - side] : [side, width];
  const marks = roundTicks(convoy.facts.km, 4).filter((t) => t <= convoy.facts.km);
  return (
    <section className="convoy-chart-box">
      <h2>{say('convoy.per', { km })}</h2>
      <div className="convoy-chart" data-testid="convoy-chart" data-bars={counts.length} style={{ blockSize: base + 20, inlineSize: width }}>
        <svg width={width} height={base + 6} aria-hidden="true">
          {roundTicks(most, 2).filter((t) => t <= most && t > 0).map((t) => <path key={t} className="grid" d={`M${from} ${up(t)}H${to}`} />)}
          {counts.map((n, i) => {
            const [a, b] = [x(i * km), x(Math.min((i + 1) * km, convoy.facts.km))];
            return n > 0 && <path key={i} className="bar" d={`M${Math.min(a, b) + 0.5} ${bars}V${up(n)}H${Math.max(a, b) - 0.5}V${bars}Z`} />;
          })}
          <path className="base-line" d={`M${from} ${bars}H${to}`} />
          {hours.map((t) => <path key={t} className={t ? 'grid' : 'base-line'} d={`M${from} ${late(t)}H${to}`} />)}
          <path className="force" d={pathOf(convoy.support, 'reaction_force', x, (m) => late(m / 60))} />
          <path className="surgery" d={pathOf(convoy.support, 'surgery', x, (m) => late(m / 60))} />
        </svg>
        {roundTicks(most, 2).filter((t) => t <= most && t > 0).map((t) => <span key={`b${t}`} className="convoy-y" style={{ top: up(t) }}>{words.count(t)}</span>)}
        {hours.filter((t) => t > 0).map((t) => <span key={`h${t}`} className="convoy-y" style={{ top: late(t) }}><bdi>{duration(words, t * 60)}</bdi></span>)}
        {marks.map((t) => <span key={`x${t}`} className="convoy-x" style={{ left: Math.min(Math.max(x(t), 14), width - 14), top: base + 2 }}>{kmOf(words, t)}</span>)}
      </div>
      <p className="convoy-keys">
        <span><svg width="24" height="8" aria-hidden="true"><line className="force" x1="0" x2="24" y1="4" y2="4" /></svg> {say('convoy.line.force')}</span>
        <span><svg width="24" height="8" aria-hidden="true"><line className="surgery" x1="0" x2="24" y1="4" y2="4" /></svg> {say('convoy.line.surgery')}</span>
      </p>
    </section>
  );
}
