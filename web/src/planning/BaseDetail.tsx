// What may become of a base, and the figures behind its factors.
import { useSchema } from '../api/queries.ts';
import { useLayer } from '../app/world.ts';
import { useWords } from '../i18n/words.ts';
import { ChainAction } from '../medical/ChainAction.tsx';
import { CoordField } from '../panels/CoordField.tsx';
import { changed, closed, kept, merged, moved, type Change } from '../state/scenario.ts';
import { useView } from '../state/view.ts';
import { Button } from '../ui/Button.tsx';
import { Choice } from '../ui/Choice.tsx';
import { useChanges } from './answers.ts';
import { FieldNumber } from './FieldNumber.tsx';
import type { BaseRow } from './figures.ts';
import { setChanges, usePlanning } from './store.ts';

export function BaseDetail({ row, rows }: { row: BaseRow; rows: BaseRow[] }) {
  const { say } = useWords();
  const changes = useChanges();
  const { key, name, fate } = row;
  const base = { key, name };
  if (!changes) return null;
  const put = (next: Change[]) => setChanges(next);
  const others = rows.filter((r) => r.key !== key && !r.gone && r.before).map((r) => ({ id: String(r.key), label: r.name }));
  const touched = fate.end ?? fate.move ?? fate.change;
  return (
    <div className="detail" data-testid="plan-detail">
      {row.before ? (
        <>
          <div className="tool-row">
            <Button isDisabled={!touched} onPress={() => put(kept(changes, base))}>{say('plan.keep')}</Button>
            <Button isDisabled={fate.end?.act === 'close'} onPress={() => put(closed(changes, base))}>{say('plan.close')}</Button>
            <Button icon="pin" onPress={() => usePlanning.getState().set({ merging: base })}>{say('plan.mergeOnMap')}</Button>
            <ChainAction of={{ base: key }} />
          </div>
          <Choice label={say('plan.mergeInto')} options={others} value={fate.end?.into === undefined ? undefined : String(fate.end.into)} placeholder={say('plan.none')} onChange={(id) => put(merged(changes, base, Number(id)))} />
          {!row.gone && <CoordField label={say('plan.moveTo')} onPlace={(at) => put(moved(changes, base, at))} />}
          {!row.gone && <Fields row={row} changes={changes} />}
        </>
      ) : <p className="note">{say('plan.newNote')}</p>}
      <Figures row={row} />
    </div>
  );
}

/** Strength and level of care, as they are or as they would be. */
function Fields({ row: { key, name, fate }, changes }: { row: BaseRow; changes: Change[] }) {
  const words = useWords();
  const item = useLayer('bases')?.records.data?.items.find((i) => i.key === key);
  const schema = useSchema('bases').data;
  const level = schema?.find((f) => f.name === 'medical_level');
  const strength = schema?.find((f) => f.name === 'military');
  const now = { ...item?.properties, ...fate.change?.fields };
  const put = (field: string, value: unknown) => setChanges(changed(changes, { key, name }, { [field]: value === item?.properties[field] ? undefined : value }));
  return (
    <div className="two">
      {strength && <FieldNumber key={String(now.military)} label={words.field(strength)} value={Number(now.military ?? 0)} onChange={(n) => put('military', n)} />}
      {level && level.codes.length > 0 && <Choice label={words.field(level)} options={level.codes.map((c) => ({ id: c, label: words.code('medical_level', c) }))} value={now.medical_level === undefined || now.medical_level === null ? undefined : String(now.medical_level)} placeholder={words.say('plan.none')} onChange={(c) => put('medical_level', c)} />}
    </div>
  );
}

const nearMetres = 25_000;

/** The figures behind the factors; incidents open as rows of their table. */
function Figures({ row: { station, key } }: { row: BaseRow }) {
  const words = useWords();
  const { say, count, duration, km } = words;
  const { people_in_time, places_in_time, incidents, incidents_year, incidents_year_lower: low, incidents_year_upper: high, supply_min, supply_km, supply_problem, surgery_min, helpers, cost_year, hub, at } = station;
  const none = say('plan.unknown');
  const rows = () => {
    const { setSpace, openTable } = useView.getState();
    setSpace({ near: at, metres: nearMetres, of: { collection: 'bases', key } });
    openTable('incidents');
  };
  const facts: [string, string][] = [
    [say('plan.fact.inTime'), say('plan.fact.people', { n: count(people_in_time), places: count(places_in_time) })],
    [say('plan.fact.supply'), supply_min === undefined ? supply_problem || none : say('plan.fact.way', { time: duration(supply_min), km: km(1000 * (supply_km ?? 0)), hub })],
    [say('plan.fact.surgery'), surgery_min === undefined ? none : duration(surgery_min)],
    [say('plan.fact.helpers'), count(helpers)],
    [say('plan.fact.cost'), count(cost_year / 1e6, 1)],
  ];
  return (
    <dl className="facts">
      <div><dt>{say('plan.fact.incidents', { km: km(nearMetres) })}</dt><dd>{say('plan.fact.rate', { n: count(incidents), rate: count(incidents_year, 1), low: count(low ?? 0, 1), high: count(high ?? 0, 1) })} <Button look="link" onPress={rows}>{say('plan.rows')}</Button></dd></div>
      {facts.map(([name, value]) => <div key={name}><dt>{name}</dt><dd>{value}</dd></div>)}
    </dl>
  );
}
