// How incidents near a base go: their counts in half-years as a line, and how many more there are a year, each year.
import type { Station } from '../api/footprints.ts';
import { useWords, type Words } from '../i18n/words.ts';
import { linear } from '../charts/scale.ts';
import { trendOf, type Trend } from './figures.ts';

const [width, height] = [56, 16];

const signed = ({ count }: Words, n: number) => `${n > 0 ? '+' : n < 0 ? '−' : ''}${count(Math.abs(n), 1)}`;

/** Which way it goes, by how much, and how sure that is. */
export function trendText(words: Words, { slope, ends: [low, high], p, way }: Trend): string {
  const { say, count } = words;
  return `${say(`plan.trend.${way}`)}: ${say('plan.trend.of', { slope: signed(words, slope), low: signed(words, low), high: signed(words, high), p: count(p, 3) })}`;
}

export function TrendCell({ station }: { station: Station }) {
  const words = useWords();
  const { say } = words;
  const trend = trendOf(station);
  if (!trend) return <td className="end trend"><span className="none" title={say('plan.trend.none')}>{say('plan.unknown')}</span></td>;
  const { counts, slope, way } = trend;
  const text = trendText(words, trend);
  const [x, y] = [linear([0, counts.length - 1], [2, width - 2]), linear([0, Math.max(1, ...counts)], [height - 2, 2])];
  return (
    <td className="end trend" data-way={way} data-slope={slope} title={text}>
      <svg width={width} height={height} aria-hidden="true"><polyline points={counts.map((n, i) => `${x(i)},${y(n)}`).join(' ')} /><circle cx={x(counts.length - 1)} cy={y(counts.at(-1) ?? 0)} r="2" /></svg>
      <bdi dir="ltr">{signed(words, slope)}</bdi><span className="only-read">{text}</span>
    </td>
  );
}
