// One key for the maps of the base line and of the scenario: each class once, with what it comes to on either side.
import { Fragment } from 'react';
import { useWords } from '../i18n/words.ts';
import { mark } from '../panels/ResultKey.tsx';
import { SymbolMark } from '../ui/SymbolMark.tsx';
import { useAnswers } from './answers.ts';
import { keyRows, processOf, useComparesFootprints, type KeyRow } from './compared.ts';
import { MadeOf } from './MadeOf.tsx';
import { ShiftKey } from './ShiftKey.tsx';
import { useDrawn } from './sides.ts';
import { usePlanning } from './store.ts';

/** Each number opens to the rows behind it. */
export function ComparedKey() {
  const words = useWords();
  const { say } = words;
  const layer = useComparesFootprints();
  const drawn = useDrawn();
  const { layerBase: base, layerOption: option } = useAnswers();
  const { keyClass: open, set } = usePlanning();
  if (!layer || layer === 'bases') return null;
  if (layer === 'shifts') return <ShiftKey />;
  return (
    <table className="table compare-key" data-testid="footprint-key" data-stale={base.stale || option.stale}>
      <caption>{say(`plan.layer.${layer}`)}</caption>
      <thead><tr><th scope="col">{say('compare.class')}</th><th scope="col" className="end">{say('plan.baseLine')}</th><th scope="col" className="end">{say('plan.scenario')}</th></tr></thead>
      <tbody>
        {keyRows(words, layer, drawn).map((r) => {
          const toggle = () => set({ keyClass: open === r.id ? undefined : r.id, row: undefined });
          return (
            <Fragment key={r.id}>
              <tr>
                <th scope="row"><button type="button" className="link class-name" aria-expanded={open === r.id} onClick={toggle}><KeyMark {...r} />{r.label}</button></th>
                {r.values.map((v, i) => <td key={i} className="end figure" onClick={toggle}>{v}</td>)}
              </tr>
              {open === r.id && <tr className="made-of"><td colSpan={3}><MadeOf made={r.made} sides={[base.answer, option.answer]} process={processOf(layer) ?? ''} parameters={(option.answer ?? base.answer)?.envelope?.parameters ?? {}} /></td></tr>}
            </Fragment>
          );
        })}
      </tbody>
    </table>
  );
}

function KeyMark({ look, colour }: KeyRow) {
  if (look === 'line') return <SymbolMark mark={{ line: { colour, width: 3 } }} />;
  return look === 'dot' ? <i className="mark-dot" style={{ background: `var(--${colour})` }} /> : mark(colour);
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
      <ul>{rows.map((r) => <li key={r.label}><KeyMark {...r} /><span>{r.label}</span></li>)}</ul>
    </div>
  );
}
