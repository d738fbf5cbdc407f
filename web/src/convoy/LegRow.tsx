// A check point as a row: where it is, when one is there, and the leg that begins; the last column is left to write in.
import { useWords } from '../i18n/words.ts';
import type { CheckPoint } from './convoy.ts';
import { duration, kmOf, type LocalTime } from './text.ts';

/** In pixels of the page; the road's name takes what is left. */
const widths = [112, 98, 38, 82, 'auto', 58, 68, 74, 40, 48];

export function LegHead() {
  const { say, unit } = useWords();
  return (
    <>
      <colgroup>{widths.map((w, i) => <col key={i} style={{ inlineSize: w }} />)}</colgroup>
      <thead>
        <tr>
          <th scope="col">{say('convoy.point')}</th><th scope="col">MGRS</th><th scope="col" className="end">{unit('km')}</th><th scope="col" className="end">T+</th>
          <th scope="col">{say('convoy.onTo')}</th><th scope="col" className="end">{say('convoy.leg')}</th><th scope="col">{say('convoy.status')}</th>
          <th scope="col">{say('convoy.checked')}</th><th scope="col" className="end">{say('convoy.incidents')}</th><th scope="col" className="hand">{say('convoy.passed')}</th>
        </tr>
      </thead>
    </>
  );
}

export function LegRow({ n, point, time }: { n: number; point: CheckPoint; time: LocalTime }) {
  const words = useWords();
  const { say, code, day, count, km } = words;
  const { leg, arrives, leaves } = point;
  const ends = point.name === 'origin' ? say('convoy.start') : point.name === 'destination' ? say('convoy.end') : '';
  const since = duration(words, point.since);
  const checked = leg?.cleared ?? leg?.verified;
  return (
    <tr data-point={n} data-halt={point.halt || undefined}>
      <th scope="row"><bdi>{point.place ?? (ends || point.name)}</bdi><small>{[point.place ? ends : '', point.halt && leaves ? say('convoy.halt', { time: time.full(leaves) }) : ''].filter(Boolean).join(' · ')}</small></th>
      <td className="grid-ref"><bdi dir="ltr">{point.mgrs}</bdi></td>
      <td className="end">{kmOf(words, point.at_km)}</td>
      <td className="end">{since}{arrives && <small>{time.full(arrives)}</small>}</td>
      <td><bdi>{leg?.ref ?? point.road ?? ''}</bdi>{leg?.ref && <small><bdi>{leg.road}</bdi></small>}</td>
      <td className="end">{leg && <>{km(leg.km * 1000)}<small>{duration(words, leg.minutes)}</small></>}</td>
      <td>{leg?.status && code('status', leg.status)}{leg?.surface && <small>{code('surface', leg.surface)}</small>}</td>
      <td>{checked && day(checked.slice(0, 10))}{checked && <small>{say(leg?.cleared ? 'convoy.wasCleared' : 'convoy.wasVerified')}</small>}</td>
      <td className="end">{leg?.incidents === undefined ? '' : count(leg.incidents)}</td>
      <td className="hand" />
    </tr>
  );
}

export function LegsNote({ radius, time }: { radius: number; time: LocalTime }) {
  const { say, km } = useWords();
  return <p className="note">{say('convoy.within', { distance: km(radius) })} {say('convoy.since')} {say('convoy.zone', { zone: time.zone })}</p>;
}
