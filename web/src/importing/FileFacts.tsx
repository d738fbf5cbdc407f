// What was guessed of the file, each to be said otherwise: the file is then read anew.
import { useState, type ReactNode } from 'react';
import { Checkbox, CheckboxGroup, Input, Label, TextField } from 'react-aria-components';
import { restageImport, type Found, type Import, type OptionsPatch } from '../api/imports.ts';
import { useWords } from '../i18n/words.ts';
import { useUi } from '../state/ui.ts';
import { useWorld } from '../app/world.ts';
import { Choice, type Option } from '../ui/Choice.tsx';
import { messageOf } from './message.ts';
import { told } from './queries.ts';
import { useImports } from './store.ts';

/** The likely ones of those that the server reads, Western, Arabic and Cyrillic first. */
const encodings = [
  'UTF-8', 'UTF-16LE', 'UTF-16BE', 'Windows-1252', 'Windows-1256', 'ISO-8859-6', 'Windows-1251', 'ISO-8859-5', 'KOI8-R', 'Windows-1250', 'ISO-8859-2',
  'Windows-1253', 'Windows-1254', 'Windows-1255', 'GBK', 'Big5', 'Shift_JIS', 'EUC-KR',
];
const separators = [',', ';', 'tab', '|'];
/** Stands for "found out": a choice needs an id. */
const found = '*';

/** Says how the file is to be read, and has it read anew. */
export function useRestage(i: Import) {
  const words = useWords();
  const [busy, setBusy] = useState(false);
  const restage = async (patch: OptionsPatch) => {
    setBusy(true);
    try {
      await told(await restageImport(i.id, patch));
    } catch (e) {
      useUi.getState().tell(messageOf(e, words));
    } finally {
      setBusy(false);
    }
  };
  return { busy, restage };
}

/** A part that stays unfolded while the file is read anew. */
export function Fold({ part, head, open = false, children }: { part: string; head: ReactNode; open?: boolean; children: ReactNode }) {
  const unfolded = useImports((s) => s.unfolded.includes(part));
  const unfold = useImports((s) => s.unfold);
  return (
    <details className="import-part" open={unfolded || open} onToggle={(e) => unfold(part, e.currentTarget.open)}>
      <summary>{head}</summary>
      {children}
    </details>
  );
}

export function FileFacts({ i }: { i: Import }) {
  const { say } = useWords();
  return (
    <Fold part="facts" open={i.state === 'failed'} head={<>{say('imports.reading')}<small>{[i.found?.format, i.found?.encoding, i.found?.crs].filter(Boolean).join(' · ')}</small></>}>
      <Options i={i} />
    </Fold>
  );
}

function Options({ i }: { i: Import }) {
  const words = useWords();
  const { say } = words;
  const { layers, missions } = useWorld();
  const { restage } = useRestage(i);
  const { options: o, found: f } = i;
  const guessed = (value: string | undefined): Option => ({ id: found, label: value ? say('imports.guessed', { value }) : say('imports.findOut') });
  const named = (id: string): Option => ({ id, label: id });
  const pick = (label: string, key: 'profile' | 'collection' | 'encoding' | 'separator' | 'layer' | 'mission', list: Option[]) => (
    <Choice label={label} value={o[key] ?? found} options={list} onChange={(id) => void restage({ [key]: id === found ? null : id })} />
  );
  const collections = [...new Set([...layers.map((l) => l.collection.id), ...(f ? [f.collection] : [])])];
  return (
    <div className="import-options">
      {pick(say('imports.collection'), 'collection', [guessed(o.collection ? undefined : f?.collection), ...collections.map((id) => ({ id, label: words.collection({ id, title: '' }) }))])}
      {pick(say('imports.profile'), 'profile', [guessed(f?.profile), ...(f?.profiles ?? []).map(named), { id: 'none', label: say('imports.noProfile') }])}
      {pick(say('imports.encoding'), 'encoding', [guessed(f?.encoding), ...encodings.map(named)])}
      {(f?.separator ?? o.separator) && pick(say('imports.separator'), 'separator', [guessed(f?.separator), ...separators.map(named)])}
      {f && f.layers.length > 1 && <Choice label={say('imports.layer')} value={o.layer ?? f.layer} options={f.layers.map(named)} onChange={(layer) => void restage({ layer })} />}
      {missions.length > 0 && pick(say('imports.mission'), 'mission', [{ id: found, label: say('imports.shared') }, ...missions.map((m) => ({ id: m.code, label: m.code }))])}
      <TypedOption key={`crs ${o.crs ?? ''}`} label={say('imports.crs')} text={o.crs ?? ''} placeholder={f?.crs ?? 'EPSG:32630'} take={(crs) => void restage({ crs: crs || null })} />
      {(mayBeGrid(i) || o.cell_km) && <TypedOption key={`cell ${o.cell_km ?? ''}`} label={say('imports.cells')} text={String(o.cell_km ?? '')} placeholder="5" take={(km) => void restage({ cell_km: Number(km) || null })} />}
      <Checkbox className="check" isSelected={o.whole} onChange={(whole) => void restage({ whole })}><i /><span>{say('imports.whole')}<small>{say('imports.wholeHint')}</small></span></Checkbox>
      <Checkbox className="check" isSelected={o.strict_codes} onChange={(strict) => void restage({ strict_codes: strict })}><i />{say('imports.strict')}</Checkbox>
      {f && <IdPart i={i} />}
    </div>
  );
}

interface Typed {
  label: string;
  text: string;
  placeholder: string;
  /** @param text what was typed, trimmed */
  take(text: string): void;
}

/** A text that is taken with Enter, or when the field is left. */
function TypedOption({ label, text: told, placeholder, take }: Typed) {
  const [text, setText] = useState(told);
  const enter = () => text.trim() !== told && take(text.trim());
  return (
    <TextField className="field" value={text} onChange={setText} onBlur={enter} onKeyDown={(e) => e.key === 'Enter' && enter()}>
      <Label>{label}</Label>
      <Input className="input" dir="ltr" placeholder={placeholder} />
    </TextField>
  );
}

/** Files whose numbers may be people: they are counted in cells, which become places. */
const grid = /\.(tiff?|asc)$/i;

/** So may tables of a longitude, a latitude and people, whatever else they hold. */
const people = /^(population|people|pop|persons)$/i;
const mayBeGrid = ({ name, found }: Import): boolean =>
  grid.test(name) || !!found && found.columns.some((c) => c.place === 'longitude') && found.columns.some((c) => people.test(c.name));

/** Columns that may hold the numbers of records. The ids of GeoJSON features are no column. */
const numbersIn = ({ format, columns }: Found) => [...new Set([...columns.filter((c) => c.type === 'integer').map((c) => c.name), ...(format === 'GeoJSON' ? ['id'] : [])])];

/** By what records are known again when the file comes the next time. */
function IdPart({ i }: { i: Import }) {
  const { say } = useWords();
  const { restage } = useRestage(i);
  const f = i.found;
  if (!f) return null;
  const numbers: Option[] = [{ id: found, label: f.key ? say('imports.guessed', { value: f.key }) : say('imports.findOut') }, { id: 'none', label: say('imports.noProfile') }, ...numbersIn(f).map((id) => ({ id, label: id }))];
  const how = f.id === 'content' ? say('imports.byContent') : say('imports.byId', { name: f.id });
  return (
    <details className="import-id">
      <summary>{how}</summary>
      <CheckboxGroup className="field" value={i.options.id_from} onChange={(list) => void restage({ id_from: list.length ? list : null })}>
        <Label>{say('imports.idFrom')}</Label>
        {f.columns.map((c) => <Checkbox key={c.name} value={c.name} className="check"><i /><bdi>{c.name}</bdi></Checkbox>)}
      </CheckboxGroup>
      {!f.new && <Choice label={say('imports.key')} value={i.options.key ?? found} options={numbers} onChange={(key) => void restage({ key: key === found ? null : key })} />}
    </details>
  );
}
