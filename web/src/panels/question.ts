// The question of an answer, from what its envelope states: to be asked again, or of another period.
import type { Outcome } from '../api/execution.ts';
import type { Process } from '../api/shapes.ts';
import { daysOf } from '../state/earlier.ts';
import { datetimeOf, type TimeRange } from '../state/time.ts';
import { inputKind } from './inputs.ts';
import { partsOf, resultSchema } from './result.ts';

export type Question = Record<string, unknown>;

/** The input that takes the time; absent: the analysis knows none. */
export const timeInput = ({ inputs }: Pick<Process, 'inputs'>): string | undefined => Object.keys(inputs).find((name) => inputKind(name, inputs[name] ?? noInput) === 'interval' && name !== 'compare');
const noInput = { title: '', description: '', schema: {}, minOccurs: 0, maxOccurs: 1 };

export const periodOf = (process: Pick<Process, 'inputs'>, { envelope }: Outcome): TimeRange | undefined => daysOf(envelope?.parameters[timeInput(process) ?? '']);

const fraction = /\.(\d+)(?=Z$)/;

/** The last moment before one, to the microsecond that the server counts by. */
function momentBefore(text: string): string {
  const micro = Date.parse(text.replace(fraction, '')) * 1000 + Number((fraction.exec(text)?.[1] ?? '').padEnd(6, '0').slice(0, 6)) - 1;
  const second = new Date(Math.floor(micro / 1e6) * 1000).toISOString().slice(0, 19);
  const rest = micro % 1e6;
  return `${second}${rest ? `.${String(rest).padStart(6, '0')}` : ''}Z`;
}

const midnight = /T00:00:00Z$/;

/** An answer states an interval without its end, a question holds it. */
export function askedInterval(text: string): string {
  const [start = '', end = '', ...rest] = text.split('/');
  if (rest.length || !end || end === '..') return text;
  const days = midnight.test(start) && midnight.test(end) ? daysOf(text) : undefined;
  return days ? (datetimeOf(days) ?? text) : `${start}/${momentBefore(end)}`;
}

/** The inputs of an answer as they can be sent again. */
export function againOf(process: Pick<Process, 'inputs'>, { envelope }: Outcome): Question {
  const sent = Object.entries(envelope?.parameters ?? {}).flatMap(([name, value]): [string, unknown][] => {
    const input = process.inputs[name];
    if (!input || value === null || value === undefined) return [];
    return [[name, typeof value === 'string' && inputKind(name, input) === 'interval' ? askedInterval(value) : value]];
  });
  return Object.fromEntries(sent);
}

/** The lengths and the centre that an answer chose for itself, where its question left them open: cells and bands that are to be laid beside others have to be theirs. */
export function heldOf(process: Process, outcome: Outcome): Question {
  const open = (name: string) => name in process.inputs && (outcome.envelope?.parameters[name] ?? null) === null;
  const stated = partsOf(outcome.result, resultSchema(process)).flatMap((p) => (p.kind === 'facts' ? p.values.map(({ field, value }) => [field.name, value] as const) : []));
  const lengths = stated.filter(([name, value]) => open(name) && typeof value === 'number' && process.inputs[name]?.schema['x-unit'] === 'm');
  const { centre_lon: lon, centre_lat: lat } = Object.fromEntries(stated);
  return { ...Object.fromEntries(lengths), ...(open('centre') && typeof lon === 'number' && typeof lat === 'number' && { centre: [lon, lat] }) };
}

/** The same question about another period. */
export function questionFor(process: Process, outcome: Outcome, period: TimeRange): Question {
  const time = timeInput(process);
  return { ...againOf(process, outcome), ...heldOf(process, outcome), ...(time && { [time]: datetimeOf(period) }) };
}

/** The inputs by which an answer was made: what was asked, and what it chose for itself. */
export const madeBy = (process: Process, outcome: Outcome): Question => ({ ...outcome.envelope?.parameters, ...heldOf(process, outcome) });

/** The inputs in which two answers differ, but for the time. */
export function differing(process: Process, [a, b]: [Outcome, Outcome]): string[] {
  const time = timeInput(process);
  const [p, q] = [madeBy(process, a), madeBy(process, b)];
  return Object.keys(process.inputs).filter((name) => name !== time && JSON.stringify(p[name] ?? null) !== JSON.stringify(q[name] ?? null));
}
