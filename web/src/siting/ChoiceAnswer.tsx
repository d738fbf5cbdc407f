// The choice that was found: how sure it is, what it comes to beside what is, and what each closure costs.
import { choiceIn, type ChoiceFound, type Proof, type SiteRow, type Standing } from '../api/siting.ts';
import type { Outcome } from '../api/execution.ts';
import { useWords, type Words } from '../i18n/words.ts';
import { Method } from '../panels/Method.tsx';
import { openScenario } from '../planning/store.ts';
import type { Siting } from '../state/siting.ts';
import { Button } from '../ui/Button.tsx';

export function ChoiceAnswer({ siting, outcome, stale }: { siting: Siting; outcome: Outcome; stale: boolean }) {
  const words = useWords();
  const { say } = words;
  const found = choiceIn(outcome);
  const title = say(`siting.name.${siting.sought}`, { n: found.answer.sites });
  return (
    <section className="siting-answer" data-stale={stale || undefined} aria-label={say('siting.answer')} data-testid="siting-answer">
      <div className="section-head">
        <h3>{say('siting.answer')}</h3>
        <Button look="primary" icon="plan" onPress={() => openScenario({ changes: found.changes, title })}>{say('siting.open')}</Button>
      </div>
      {stale && <p className="note" role="status">{say('siting.stale')}</p>}
      <p data-testid="siting-proof" data-proved={found.proof.proved} data-gap={found.proof.gap}>{proofText(words, found.proof)}</p>
      <Figures words={words} found={found} outcome={outcome} />
      <Losses words={words} rows={found.ranked} outcome={outcome} />
      {outcome.envelope && <Method envelope={outcome.envelope} />}
    </section>
  );
}

export function proofText({ say, count }: Words, { proved, gap }: Pick<Proof, 'proved' | 'gap'>): string {
  if (proved) return say('siting.proved');
  return gap === undefined ? say('siting.unsure') : say('siting.gap', { percent: count(100 * gap, gap < 0.1 ? 1 : 0) });
}

/** Ways are kilometres or minutes, as they were asked for. */
export const wayText = ({ km, duration, say }: Words, outcome: Outcome, way: number | undefined): string =>
  way === undefined ? say('plan.unknown') : outcome.envelope?.parameters.by === undefined || outcome.envelope.parameters.by === 'distance' ? km(way * 1000) : duration(way);

type Fact = [id: string, name: string, text: (s: Standing) => string];

function Figures({ words, found: { answer, now }, outcome }: { words: Words; found: ChoiceFound; outcome: Outcome }) {
  const { say, count } = words;
  const facts: Fact[] = [
    ['sites', say('siting.fact.sites'), (s) => count(s.sites)],
    ['mean', say('siting.fact.mean'), (s) => wayText(words, outcome, s.mean)],
    ['farthest', say('siting.fact.farthest'), (s) => wayText(words, outcome, s.farthest)],
    ['share', say('siting.fact.share'), (s) => say('siting.percent', { n: count(100 * s.share, 1) })],
    ['price', say('siting.fact.price'), (s) => count(s.price / 1e6, 1)],
    ['exposure', say('siting.fact.exposure'), (s) => count(s.exposure)],
    ['surgery', say('siting.fact.surgery'), (s) => (s.surgery === undefined ? say('plan.unknown') : count(s.surgery))],
  ];
  const told = facts.filter(([id]) => (id !== 'surgery' || answer.surgery !== undefined) && (id !== 'price' || answer.price > 0));
  return (
    <table className="table difference">
      <caption className="only-read">{say('siting.answer')}</caption>
      <thead><tr><th scope="col">{say('compare.measure')}</th><th scope="col" className="end">{say('plan.baseLine')}</th><th scope="col" className="end">{say('siting.found')}</th></tr></thead>
      <tbody>{told.map(([id, name, text]) => <tr key={id} data-fact={id}><th scope="row">{name}</th><td className="end">{now ? text(now) : say('plan.unknown')}</td><td className="end">{text(answer)}</td></tr>)}</tbody>
    </table>
  );
}

const stands = (r: SiteRow) => ['keep', 'open', 'place'].includes(r.decision);

/** What is lost without each of those that stay, and what is lost by each of those that go: one at a time. */
function Losses({ words, rows, outcome }: { words: Words; rows: SiteRow[]; outcome: Outcome }) {
  const { say, count, code } = words;
  const shown = rows.filter((r) => r.decision !== 'unused');
  const mean = (r: SiteRow) => (stands(r) ? r.loss_mean : r.gain_mean);
  const cover = (r: SiteRow) => (stands(r) ? r.loss_cover : r.gain_cover);
  return (
    <div className="result-scroll" tabIndex={0} role="region" aria-label={say('siting.losses')}>
      <table className="table difference siting-losses" data-testid="siting-losses">
        <caption>{say('siting.losses')}</caption>
        <thead><tr><th scope="col">{say('plan.base')}</th><th scope="col">{say('siting.decision')}</th><th scope="col" className="end">{say('siting.lossMean')}</th><th scope="col" className="end">{say('siting.lossCover')}</th></tr></thead>
        <tbody>
          {shown.map((r, i) => (
            <tr key={r.key ?? `new-${i}`} data-decision={r.decision}>
              <th scope="row"><bdi>{r.name || say('plan.newBase')}</bdi>{r.breaks && <small dir="auto">{say('siting.breaks', { limits: r.breaks })}</small>}</th>
              <td>{code('decision', r.decision)}</td>
              <td className="end">{wayText(words, outcome, mean(r))}</td>
              <td className="end">{cover(r) === undefined ? say('plan.unknown') : count(cover(r) ?? 0)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
