// Two versions of one record, side by side: what differs is marked, and is decided whole or field by field. The map shows both shapes.
import { useState } from 'react';
import { Dialog, Heading, Modal, ModalOverlay } from 'react-aria-components';
import { useSchema } from '../api/queries.ts';
import type { Field } from '../api/shapes.ts';
import { formatCoord } from '../geo/coords.ts';
import { useWords, type Words } from '../i18n/words.ts';
import { anchorOf, boundsOf } from '../map/shapes.ts';
import { useMap } from '../map/MapView.tsx';
import { usePrefs } from '../state/prefs.ts';
import { Button } from '../ui/Button.tsx';
import { allOf, differencesOf, firstChoices, shapeField, type Difference, type Side } from './conflict.ts';
import { decide, requestOf } from './decide.ts';
import { useEdit, type Conflict, type Decision } from './store.ts';

export function DecisionDialog() {
  const { decision, set } = useEdit();
  const conflict = decision?.conflicts[decision.decided.length];
  return (
    <ModalOverlay className="overlay beside" isOpen={conflict !== undefined} onOpenChange={(open) => !open && set({ decision: undefined })}>
      <Modal><Dialog className="card decision" data-testid="decision">{decision && conflict && <Both key={`${conflict.collection}/${conflict.key}/${conflict.etag}`} decision={decision} conflict={conflict} />}</Dialog></Modal>
    </ModalOverlay>
  );
}

const notes = { save: 'decide.note', remove: 'decide.noteRemove', undo: 'decide.noteUndo' } as const;

function Both({ decision, conflict }: { decision: Decision; conflict: Conflict }) {
  const words = useWords();
  const { say } = words;
  const { saving, set } = useEdit();
  const { sides, title } = conflict;
  const differences = differencesOf(sides);
  const [choices, setChoices] = useState(firstChoices(differences));
  const map = useMap((m) => m.map);
  const whole = !sides.mine || !sides.theirs;
  const go = (chosen: Record<string, Side>, side: Side) => void decide(decision, requestOf(conflict, chosen, side));
  const show = () => {
    const box = boundsOf([sides.mine?.geometry ?? null, sides.theirs?.geometry ?? null]);
    if (box) map?.fit(box);
  };
  return (
    <>
      <header className="card-head">
        <div>
          <Heading slot="title">{say('decide.title', { name: title || say('card.record', { name: words.collection({ id: conflict.collection, title: '' }), key: conflict.key }) })}</Heading>
          <p>{say(notes[decision.kind])}{decision.conflicts.length > 1 && ` ${say('decide.nth', { n: decision.decided.length + 1, of: decision.conflicts.length })}`}</p>
        </div>
      </header>
      {whole ? <p className="card-body">{say(!sides.theirs ? 'decide.goneTheirs' : decision.kind === 'undo' ? 'decide.goneUndo' : 'decide.goneMine')}</p> : (
        <Table conflict={conflict} differences={differences} choices={choices} choose={(field, side) => setChoices({ ...choices, [field]: side })} words={words} />
      )}
      <footer className="card-actions">
        {!whole && <Button look="primary" isPending={saving} onPress={() => go(choices, 'mine')}>{say('decide.save')}</Button>}
        <Button isPending={saving} onPress={() => go(allOf(differences, 'mine'), 'mine')}>{say(mineLabel(conflict))}</Button>
        <Button isPending={saving} onPress={() => go(allOf(differences, 'theirs'), 'theirs')}>{say(sides.theirs ? 'decide.allTheirs' : 'decide.leaveGone')}</Button>
        {map && <Button look="quiet" icon="frame" onPress={show}>{say('decide.show')}</Button>}
        <Button look="quiet" onPress={() => set({ decision: undefined })}>{say('decide.later')}</Button>
      </footer>
    </>
  );
}

const mineLabel = ({ sides: { mine, theirs } }: Conflict) => (mine && theirs ? 'decide.allMine' : mine ? 'edit.asNew' : 'decide.removeAll');

interface TableProps {
  conflict: Conflict;
  differences: Difference[];
  choices: Record<string, Side>;
  choose(field: string, side: Side): void;
  words: Words;
}

function Table({ conflict, differences, choices, choose, words }: TableProps) {
  const { say } = words;
  const fields = useSchema(conflict.collection).data ?? [];
  const format = usePrefs((p) => p.coords);
  const text = (name: string, value: unknown) => (name === shapeField ? shapeText(value as GeoJSON.Geometry | null, format, say('card.noPlace')) : fieldText(fields, name, value, words) || say('edit.notStated'));
  return (
    <div className="decision-table">
      <table className="table">
        <thead><tr><th scope="col">{say('decide.field')}</th><th scope="col">{say('decide.mine')}</th><th scope="col">{say('decide.theirs')}</th></tr></thead>
        <tbody>
          {differences.map((d) => (
            <tr key={d.field} data-difference={d.field || 'geometry'} data-by={d.by}>
              <th scope="row">{d.field === shapeField ? say('edit.place') : words.field(fields.find((f) => f.name === d.field) ?? { name: d.field, title: '' })}<small>{say(`decide.by.${d.by}`)}</small></th>
              {(['mine', 'theirs'] as const).map((side) => (
                <td key={side}><label className="pick"><input type="radio" name={`pick-${d.field}`} checked={choices[d.field] === side} onChange={() => choose(d.field, side)} /><span dir="auto">{text(d.field, d[side])}</span></label></td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      {differences.some((d) => d.field === shapeField) && <p className="note shape-key"><i data-part="mine" />{say('decide.mine')} <i data-part="theirs" />{say('decide.theirs')}</p>}
    </div>
  );
}

export function fieldText(fields: Field[], name: string, value: unknown, words: Words): string {
  const field = fields.find((f) => f.name === name);
  return field ? words.value(field, value) : value === null || value === undefined ? '' : typeof value === 'object' ? JSON.stringify(value) : String(value as string | number | boolean);
}

export const shapeText = (g: GeoJSON.Geometry | null, format: Parameters<typeof formatCoord>[2], none: string): string => (g ? formatCoord(...anchorOf(g), format) : none);
