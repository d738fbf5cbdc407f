// Which column each field is taken from, with what stands there; and the profile that keeps it for the next file.
import { useState } from 'react';
import { Input, Label, TextField } from 'react-aria-components';
import { newId, putDocument } from '../api/documents.ts';
import type { FileColumn, FileField, Found, Import } from '../api/imports.ts';
import { useWords } from '../i18n/words.ts';
import { useUi } from '../state/ui.ts';
import { Button } from '../ui/Button.tsx';
import { Choice } from '../ui/Choice.tsx';
import { Fold, useRestage } from './FileFacts.tsx';
import { messageOf } from './message.ts';
import { profileOf } from './profile.ts';

const none = '*';

export function MappingTable({ i, found }: { i: Import; found: Found }) {
  const { say, count } = useWords();
  const mapped = found.fields.filter((f) => found.mapping[f.name]);
  const open = found.fields.filter((f) => !found.mapping[f.name]);
  const rest = found.columns.filter((c) => !c.fields.length && !c.place);
  return (
    <Fold part="mapping" head={<>{say('imports.mapping')}<small>{say('imports.mapped', { n: count(mapped.length), all: count(found.fields.length) })}</small></>}>
      <Places columns={found.columns} />
      <div className="import-mapping">{mapped.map((f) => <FieldRow key={f.name} i={i} found={found} field={f} />)}</div>
      {open.length > 0 && <details><summary>{say('imports.unmapped', { n: count(open.length) })}</summary><div className="import-mapping">{open.map((f) => <FieldRow key={f.name} i={i} found={found} field={f} />)}</div></details>}
      {rest.length > 0 && <Rest columns={rest} />}
      {!found.profile && mapped.length > 0 && <KeepProfile i={i} found={found} />}
    </Fold>
  );
}

/** Where the place comes from. */
function Places({ columns }: { columns: FileColumn[] }) {
  const { say, list } = useWords();
  const places = columns.filter((c) => c.place).map((c) => c.name);
  return places.length ? <p className="note">{say('imports.placeFrom', { names: list(places) })}</p> : null;
}

function FieldRow({ i, found, field }: { i: Import; found: Found; field: FileField }) {
  const words = useWords();
  const { say } = words;
  const { restage } = useRestage(i);
  const column = found.columns.find((c) => c.name === found.mapping[field.name]);
  const name = words.field(field) + (field.required ? ' *' : '');
  const options = [{ id: none, label: say('imports.fromNone') }, ...found.columns.map((c) => ({ id: c.name, label: c.name }))];
  return (
    <div>
      <Choice label={name} value={column?.name ?? none} options={options} onChange={(id) => void restage({ mapping: { [field.name]: id === none ? '' : id } })} />
      <small dir="auto">{column ? column.samples.slice(0, 3).join(' · ') : ''}{field.new && ` ${say('imports.newField')}`}</small>
    </div>
  );
}

/** Columns without a field: kept beside the record, or left out and why. */
function Rest({ columns }: { columns: FileColumn[] }) {
  const { say, list, warning } = useWords();
  const kept = columns.filter((c) => !c.dropped_said).map((c) => c.name);
  return (
    <>
      {kept.length > 0 && <p className="note">{say('imports.keptBeside', { names: list(kept) })}</p>}
      {columns.map((c) => c.dropped_said && <p key={c.name} className="note">{say('imports.dropped', { name: c.name, why: warning(c.dropped_said) })}</p>)}
    </>
  );
}

function KeepProfile({ i, found }: { i: Import; found: Found }) {
  const words = useWords();
  const { say } = words;
  const [title, setTitle] = useState('');
  const [busy, setBusy] = useState(false);
  const keep = async () => {
    setBusy(true);
    try {
      await putDocument('import-profile', newId(), { title: title.trim(), body: profileOf(title.trim(), found, i.options), classification: 'unclassified', mission: null });
      useUi.getState().tell(say('imports.profileKept', { name: title.trim() }));
      setTitle('');
    } catch (e) {
      useUi.getState().tell(messageOf(e, words));
    } finally {
      setBusy(false);
    }
  };
  return (
    <form className="import-keep" onSubmit={(e) => { e.preventDefault(); void keep(); }}>
      <TextField className="field" value={title} onChange={setTitle}><Label>{say('imports.keepProfile')}</Label><Input className="input" dir="auto" /></TextField>
      <Button type="submit" isPending={busy} isDisabled={!title.trim()}>{say('edit.save')}</Button>
    </form>
  );
}
