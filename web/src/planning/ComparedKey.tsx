// One key for the maps of the base line and of the scenario: each class once, with what it comes to on either side.
import { useWords } from '../i18n/words.ts';
import { mark } from '../panels/ResultKey.tsx';
import { useAnswers } from './answers.ts';
import { keyRows, useComparesFootprints } from './compared.ts';
import { ShiftKey } from './ShiftKey.tsx';
import { useDrawn } from './sides.ts';

export function ComparedKey() {
  const words = useWords();
  const { say } = words;
  const layer = useComparesFootprints();
  const drawn = useDrawn();
  const stale = useAnswers((a) => a.layerBase.stale || a.layerOption.stale);
  if (!layer || layer === 'bases') return null;
  if (layer === 'shifts') return <ShiftKey />;
  return (
    <table className="table compare-key" data-testid="footprint-key" data-stale={stale}>
      <caption>{say(`plan.layer.${layer}`)}</caption>
      <thead><tr><th scope="col">{say('compare.class')}</th><th scope="col" className="end">{say('plan.baseLine')}</th><th scope="col" className="end">{say('plan.scenario')}</th></tr></thead>
      <tbody>
        {keyRows(words, layer, drawn).map((r) => (
          <tr key={r.label}><th scope="row"><span className="class-name">{mark(r.colour)}{r.label}</span></th>{r.values.map((v, i) => <td key={i} className="end">{v}</td>)}</tr>
        ))}
      </tbody>
    </table>
  );
}

/** On the map: the classes alone, one beside the other. */
export function KeyOnMap() {
  const words = useWords();
  const layer = useComparesFootprints();
  const drawn = useDrawn();
  const rows = layer ? keyRows(words, layer, drawn) : [];
  if (!layer || !rows.length) return null;
  return (
    <div className="map-key" aria-hidden="true" data-testid="map-key">
      <b>{words.say(`plan.layer.${layer}`)}</b>
      <ul>{rows.map((r) => <li key={r.label}>{mark(r.colour)}<span>{r.label}</span></li>)}</ul>
    </div>
  );
}
