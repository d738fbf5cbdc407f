// What may become of a base, and the figures behind its factors.
import { useItemIn, useSchema } from '../api/queries.ts';
import { useLayer } from '../app/world.ts';
import { useWords } from '../i18n/words.ts';
import { ChainAction } from '../medical/ChainAction.tsx';
import { CoordField } from '../panels/CoordField.tsx';
import { changed, closed, kept, merged, moved, reopenedAs, withoutChange, type Change } from '../state/scenario.ts';
import { useView } from '../state/view.ts';
import { Button } from '../ui/Button.tsx';
import { Choice } from '../ui/Choice.tsx';
import { useChanges, useScenarioText } from './answers.ts';
import { FieldNumber } from './FieldNumber.tsx';
import { FieldText } from './FieldText.tsx';
import { trendOf, type BaseRow } from './figures.ts';
import { trendText } from './TrendCell.tsx';
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
      ) : <Opening row={row} changes={changes} />}
      <WillBe row={row} />
      <Figures row={row} />
    </div>
  );
}

/** Strength and level of care, as they are or as they would be. */
function Fields({ row: { key, name, fate }, changes }: { row: BaseRow; changes: Change[] }) {
  const item = useLayer('bases')?.records.data?.items.find((i) => i.key === key);
  const now = { ...item?.properties, ...fate.change?.fields };
  return <FieldsOf names={['military', 'medical_level']} now={now} put={(field, value) => setChanges(changed(changes, { key, name }, { [field]: value === item?.properties[field] ? undefined : value }))} />;
}

interface FieldsProps {
  names: string[];
  now: Record<string, unknown>;
  put(field: string, value: unknown): void;
}

/** Fields of a base by their kind: one of a list, or a whole number. */
function FieldsOf({ names, now, put }: FieldsProps) {
  const words = useWords();
  const schema = useSchema('bases').data;
  const text = (value: unknown) => (typeof value === 'string' ? value : undefined);
  return (
    <div className="two">
      {names.flatMap((name) => schema?.find((f) => f.name === name) ?? []).map((f) =>
        f.codes.length > 0 ? <Choice key={f.name} label={words.field(f)} options={f.codes.map((c) => ({ id: c, label: words.code(f.name, c) }))} value={text(now[f.name])} placeholder={words.say('plan.none')} onChange={(c) => put(f.name, c)} />
        : <FieldNumber key={`${f.name} ${String(now[f.name])}`} label={words.field(f)} value={typeof now[f.name] === 'number' ? Number(now[f.name]) : undefined} onChange={(n) => put(f.name, n)} />,
      )}
    </div>
  );
}

/** A base that opens: what it is to be, and where. It is taken back as one. */
function Opening({ row: { key, name, opening, station }, changes }: { row: BaseRow; changes: Change[] }) {
  const { say } = useWords();
  const item = useScenarioItem(key);
  if (opening === undefined) return null;
  const own = changes[opening];
  const now = { ...item?.properties, ...own?.fields };
  const put = (field: string, value: unknown) => setChanges(reopenedAs(changes, opening, { fields: { [field]: value } }));
  return (
    <>
      <div className="tool-row">
        <Button icon="bin" onPress={() => setChanges(withoutChange(changes, opening))}>{say('plan.takeBack')}</Button>
        <ChainAction of={{ at: station.at }} />
      </div>
      <FieldText key={name} label={say('plan.nameOf')} value={name} onChange={(text) => put('name', text)} />
      <FieldsOf names={['kind', 'medical_level', 'military', 'capacity']} now={now} put={put} />
      <CoordField label={say('plan.moveTo')} onPlace={(at) => setChanges(reopenedAs(changes, opening, { at }))} />
    </>
  );
}

const useScenarioItem = (key: number) => useItemIn(useScenarioText(), 'bases', key).data;

/** Told by the factors or by the fields above, or the same for all. */
const unlisted = new Set(['name', 'mission', 'classification', 'source', 'source_id', 'confidence', 'created', 'updated', 'author']);

/** The record as the scenario leaves it, where it touches it. */
function WillBe({ row: { key, before, fate } }: { row: BaseRow }) {
  const words = useWords();
  const schema = useSchema('bases').data;
  const item = useScenarioItem(key);
  const was = useLayer('bases')?.records.data?.items.find((i) => i.key === key)?.properties;
  const touched = !before || fate.end || fate.move || fate.change;
  if (!touched || !item || !schema) return null;
  const known = schema.filter((f) => !f.geometry && !unlisted.has(f.name) && item.properties[f.name] !== null && item.properties[f.name] !== undefined);
  const differs = (name: string) => before !== undefined && (was?.[name] ?? null) !== (item.properties[name] ?? null);
  const shown = before ? known.filter((f) => differs(f.name)) : known;
  if (!shown.length) return null;
  return (
    <dl className="facts" aria-label={words.say('plan.willBe')} data-testid="will-be">
      {shown.map((f) => <div key={f.name}><dt>{words.field(f)}</dt><dd data-field={f.name}>{before && <><s>{words.value(f, was?.[f.name]) || words.say('plan.unknown')}</s> </>}{words.value(f, item.properties[f.name])}</dd></div>)}
    </dl>
  );
}

const nearMetres = 25_000;

/** The figures behind the factors; incidents open as rows of their table. */
function Figures({ row: { station, key } }: { row: BaseRow }) {
  const words = useWords();
  const { say, count, duration, km } = words;
  const { people_in_time, places_in_time, incidents, incidents_year, incidents_year_lower: low, incidents_year_upper: high, supply_min, supply_km, supply_problem, surgery_min, helpers, cost_year, hub, at } = station;
  const none = say('plan.unknown');
  const trend = trendOf(station);
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
    [say('plan.fact.cost'), cost_year === undefined ? say('plan.unstated') : count(cost_year / 1e6, 1)],
    [say('plan.short.trend'), trend ? trendText(words, trend) : say('plan.trend.none')],
  ];
  return (
    <dl className="facts">
      <div><dt>{say('plan.fact.incidents', { km: km(nearMetres) })}</dt><dd>{say('plan.fact.rate', { n: count(incidents), rate: count(incidents_year, 1), low: count(low ?? 0, 1), high: count(high ?? 0, 1) })} <Button look="link" onPress={rows}>{say('plan.rows')}</Button></dd></div>
      {facts.map(([name, value]) => <div key={name}><dt>{name}</dt><dd>{value}</dd></div>)}
    </dl>
  );
}
