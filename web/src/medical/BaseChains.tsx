// All bases, the longest to surgery first, each with its chain as a small bar. A row opens its chain.
import type { CareBase } from '../api/evacuation.ts';
import { useWords } from '../i18n/words.ts';
import { useView } from '../state/view.ts';
import { Icon } from '../ui/Icon.tsx';
import { Bar } from './Bar.tsx';
import { wholeOf } from './figures.ts';

export function BaseChains({ bases, limit, stale }: { bases: CareBase[]; limit: number; stale: boolean }) {
  const { say } = useWords();
  const whole = wholeOf(bases.flatMap((b) => b.surgery_min ?? []), limit);
  return (
    <table className="table care-bases" data-testid="care-bases" data-stale={stale}>
      <caption className="only-read">{say('medical.bases')}</caption>
      <thead><tr><th scope="col">{say('plan.base')}</th><th scope="col">{say('medical.surgeryAt')}</th><th scope="col">{say('medical.toSurgery')}</th><th scope="col" className="end">{say('medical.total')}</th></tr></thead>
      <tbody>{bases.map((b) => <Row key={b.key} base={b} whole={whole} limit={limit} />)}</tbody>
    </table>
  );
}

function Row({ base: { key, name, facility, surgery_min, legs }, whole, limit }: { base: CareBase; whole: number; limit: number }) {
  const { say, duration } = useWords();
  const from = useView((v) => v.medical.from);
  const setMedical = useView((v) => v.setMedical);
  const chosen = from !== undefined && 'base' in from && from.base === key;
  const late = surgery_min === undefined || surgery_min > limit;
  return (
    <tr data-base={key} data-late={late || undefined} aria-selected={chosen} onClick={() => setMedical({ from: { base: key } })}>
      <th scope="row"><button type="button" className="base-open" aria-pressed={chosen} onClick={(e) => { e.stopPropagation(); setMedical({ from: { base: key } }); }}><b dir="auto">{name}</b></button></th>
      <td dir="auto">{facility || say('plan.unknown')}</td>
      <td className="bar">{surgery_min !== undefined && <Bar legs={legs} whole={whole} marks={[{ minutes: limit, limit: true }]} />}</td>
      <td className="end">{late && <Icon name="warning" />}<span className="only-read">{late ? say('medical.lateRow') : ''}</span> {surgery_min === undefined ? say('medical.noneComes') : duration(surgery_min)}</td>
    </tr>
  );
}
