// The charts by value: category, outcome, hour and weekday, and outcome by target. Each counts what passes all filters but its own,
// so that the bars beside the chosen ones stay to be chosen.
import { useIndicator } from '../api/queries.ts';
import type { Group } from '../api/indicator.ts';
import type { Counts } from '../api/queries.ts';
import type { Layer } from '../app/world.ts';
import { CrossTable, type Line } from '../charts/CrossTable.tsx';
import { GroupChart, type Bar } from '../charts/GroupChart.tsx';
import { useWords, type Words } from '../i18n/words.ts';
import { foundOutcomes } from '../map/layers/incidents.ts';
import { allOf, clockOf, conditionText, knownTo, type Clock } from '../state/filters.ts';
import { asInputs, selectionOf } from '../state/selection.ts';
import type { Domain } from '../state/time.ts';
import { useView } from '../state/view.ts';
import { inUtc, shiftOf, universal, useMissionZone } from './zone.ts';

interface Props {
  layer: Layer;
  counts: Counts;
  /** All the time there is records of. */
  domain: Domain;
  /** What else every question is asked with. */
  where: Record<string, unknown>;
}

const detonated = conditionText('outcome', undefined, { values: ['detonated'] });
const found = conditionText('outcome', undefined, { values: foundOutcomes });

export function GroupCharts(props: Props) {
  const { fields } = props.layer;
  const has = (name: string) => fields.some((f) => f.name === name);
  const moment = fields.find((f) => f.role === 'primary-instant' && f.format === 'date-time')?.name;
  return (
    <>
      {['category', 'outcome'].filter(has).map((field) => <ByValue key={field} {...props} field={field} />)}
      {has('outcome') && has('target') && <ByTarget {...props} />}
      {moment && (['hour', 'weekday'] as const).map((clock) => <ByClock key={clock} {...props} clock={clock} of={moment} />)}
    </>
  );
}

/** The records by one field, whatever is chosen of this field and these. */
function useGroups({ layer, counts, where }: Omit<Props, 'domain'>, field: string, free: string[], hits?: string, more?: Record<string, string>) {
  const { fields, collection } = layer;
  const filters = useView((v) => v.filters[collection.id]);
  const time = useView((v) => v.time);
  const others = Object.fromEntries(Object.entries(filters ?? {}).filter(([name]) => !free.includes(name)));
  const { filter, ...rest } = selectionOf({ fields, filters: others, mission: counts.mission, shared: counts.shared, space: counts.space, time });
  const asked = useIndicator({ ...asInputs(collection.id, { ...rest, filter: allOf([filter, knownTo(fields, field)]) }), ...where, period: 'none', groupby: field, ...(hits && { hits }), ...more });
  return asked.data;
}

const ofAll = (words: Words, { layer, counts }: Pick<Props, 'layer' | 'counts'>, n: number) => words.say('charts.of', { n: words.count(n), all: words.count(counts.all), name: words.collection(layer.collection).toLocaleLowerCase(words.language) });

function ByValue({ field, ...props }: Props & { field: string }) {
  const words = useWords();
  const { fields, collection } = props.layer;
  const split = fields.some((f) => f.name === 'outcome') && field !== 'outcome';
  const asked = useGroups(props, field, [field], split ? detonated : undefined);
  const name = words.field(fields.find((f) => f.name === field) ?? { name: field, title: '' });
  if (!asked?.total.count) return null;
  const bars = asked.groups.map((g): Bar => {
    const label = g.value === undefined ? words.say('charts.unstated') : words.code(field, g.value);
    return { value: g.value, name: label, label, count: g.count, hits: g.hits };
  });
  const [first] = bars;
  const title = first ? words.say('charts.mostly', { name: first.name, n: words.count(first.count), all: words.count(asked.total.count) }) : name;
  return <GroupChart id={field} title={title} note={`${name}. ${ofAll(words, props, asked.total.count)}`} collection={collection.id} field={field} bars={bars} look="rows" split={split} heads={[name, words.collection(collection), words.say('legend.detonated')]} />;
}

const clockValues: Record<Clock, number[]> = { hour: Array.from({ length: 24 }, (_, i) => i), weekday: [1, 2, 3, 4, 5, 6, 7] };

/** By the clocks of the mission. A bar filters where it is one hour, or one weekday, of UTC too: filters go by that. */
function ByClock(props: Props & { clock: Clock; of: string }) {
  const zone = useMissionZone();
  return zone === undefined ? null : <InZone {...props} zone={zone} />;
}

function InZone({ clock, of, zone, domain, ...props }: Props & { clock: Clock; of: string; zone: string }) {
  const words = useWords();
  const { collection, fields } = props.layer;
  const field = `${clock}(${of})`;
  const split = fields.some((f) => f.name === 'outcome');
  const asked = useGroups(props, field, [field], split ? detonated : undefined, zone === universal ? {} : { timezone: zone });
  const shift = zone === universal ? 0 : shiftOf(zone, domain);
  if (!asked?.total.count || !clockOf(field)) return null;
  const bars = clockValues[clock].map((n): Bar => {
    const group = asked.groups.find((g) => g.value === String(n));
    return { value: String(n), by: inUtc(clock, n, shift), name: words.clock(clock, n), label: words.clock(clock, n, true), count: group?.count ?? 0, hits: group?.hits ?? 0 };
  });
  const name = words.say(`charts.${clock}`);
  return <GroupChart id={clock} title={name} note={[words.say(`charts.${clock}Note`, { zone }), bars[0]?.by === null ? words.say('charts.noPress') : '', ofAll(words, props, asked.total.count)].filter(Boolean).join(' ')} collection={collection.id} field={field} bars={bars} look="columns" split={split} heads={[name, words.collection(collection), words.say('legend.detonated')]} />;
}

function ByTarget(props: Props) {
  const words = useWords();
  const free = ['target', 'outcome'];
  const exploded = useGroups(props, 'target', free, detonated);
  const before = useGroups(props, 'target', free, found);
  if (!exploded?.total.count || !before) return null;
  const targets = exploded.groups.map((g) => ({ value: g.value, name: g.value === undefined ? words.say('charts.unstated') : words.code('target', g.value) }));
  const hitsOf = (groups: Group[]) => exploded.groups.map(({ value }) => groups.find((g) => g.value === value)?.hits ?? 0);
  const [harm, help] = [hitsOf(exploded.groups), hitsOf(before.groups)];
  const lines: Line[] = [
    { name: words.say('legend.detonated'), values: ['detonated'], look: 'harm', counts: harm },
    { name: words.say('charts.foundOf'), values: foundOutcomes, look: 'found', counts: help },
    { name: words.say('charts.other'), values: [], look: 'other', counts: exploded.groups.map((g, i) => g.count - (harm[i] ?? 0) - (help[i] ?? 0)) },
  ];
  return <CrossTable title={words.say('charts.cross')} note={ofAll(words, props, exploded.total.count)} collection={props.layer.collection.id} targets={targets} lines={lines} />;
}
