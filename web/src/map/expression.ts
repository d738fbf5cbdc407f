// MapLibre expressions off the map: what one says of a record, and what it may say of any. Only the operators that our style files use.

export type Expression = unknown;
type Properties = Record<string, unknown>;
type Operator = (args: Expression[], say: (e: Expression) => unknown) => unknown;

const textOf = (v: unknown): string => (v === null || v === undefined ? '' : String(v as string | number | boolean));

/** The output of pairs that come before a last one for all else. */
function chosen(pairs: Expression[], fits: (test: Expression) => boolean): Expression {
  for (let i = 0; i + 1 < pairs.length; i += 2) if (fits(pairs[i])) return pairs[i + 1];
  return pairs.at(-1);
}

const operators: Record<string, Operator> = {
  literal: ([value]) => value,
  case: (args, say) => say(chosen(args, (test) => say(test) === true)),
  match: ([input, ...pairs], say) => say(chosen(pairs, (labels) => (Array.isArray(labels) ? labels : [labels]).includes(say(input)))),
  step: ([input, first, ...pairs], say) => {
    let out = first;
    for (let i = 0; i + 1 < pairs.length; i += 2) if (Number(say(input)) >= Number(pairs[i])) out = pairs[i + 1];
    return say(out);
  },
  in: ([needle, list], say) => (say(list) as unknown[]).includes(say(needle)),
  any: (args, say) => args.some((e) => say(e) === true),
  '==': ([a, b], say) => say(a) === say(b),
  '+': (args, say) => args.reduce<number>((sum, e) => sum + Number(say(e)), 0),
  concat: (args, say) => args.map((e) => textOf(say(e))).join(''),
  'to-number': (args, say) => args.map((e) => Number(say(e) ?? 0)).find((n) => !Number.isNaN(n)),
};

/** What an expression says of a record with these fields. */
export function evaluate(e: Expression, properties: Properties): unknown {
  if (!Array.isArray(e)) return e;
  const [name, ...args] = e as [string, ...Expression[]];
  if (name === 'get') return properties[String(args[0])] ?? null;
  const operator = operators[name];
  if (!operator) throw new Error(`expression: ${name} is not known off the map`);
  return operator(args, (inner) => evaluate(inner, properties));
}

/** All texts that an expression may come to. A field that is said as it is must be matched by its codes. */
export function outcomes(e: Expression): string[] {
  if (!Array.isArray(e)) return [textOf(e)];
  const [name, ...args] = e as [string, ...Expression[]];
  switch (name) {
    case 'concat': return args.map(outcomes).reduce((all, ends) => all.flatMap((start) => ends.map((end) => start + end)), ['']);
    case 'case': return [...args.filter((_, i) => i % 2 === 1), args.at(-1)].flatMap(outcomes);
    case 'step': return args.filter((_, i) => i % 2 === 1).flatMap(outcomes);
    case 'match': return matched(args);
    default: throw new Error(`expression: what ${name} may come to is not known`);
  }
}

function matched([input, ...pairs]: Expression[]): string[] {
  const all: string[] = [];
  for (let i = 0; i + 1 < pairs.length; i += 2) {
    const itself = JSON.stringify(pairs[i + 1]) === JSON.stringify(input);
    all.push(...(itself ? (pairs[i] as string[]) : outcomes(pairs[i + 1])));
  }
  return [...all, ...outcomes(pairs.at(-1))];
}
