// One key for both sides of a comparison: each class once, with the number of shapes in it on either side.
import { useWords } from '../i18n/words.ts';
import type { Compared } from './comparedLayers.ts';
import type { SideName } from './comparedText.ts';
import { headUnit } from './DifferenceTable.tsx';
import { classText, mark } from './ResultKey.tsx';
import { colourOf } from './resultShapes.ts';
import { shadingOf } from './shading.ts';

export function CompareKey({ compared: { both, sides, shade }, names }: { compared: Compared; names: [SideName, SideName] }) {
  const words = useWords();
  const [first, second] = sides.map(({ part, like }) => shadingOf(part, shade, like));
  // The unit stands in the caption.
  const plain = first && { ...first, field: { ...first.field, unit: headUnit(words, first.field.unit) ? undefined : first.field.unit } };
  const rows = plain && second ? plain.classes.map((c, i) => ({ colour: c.colour, text: c.code === undefined ? classText(words, plain, c) : words.code(plain.field.name, c.code), n: [c.n, second.classes[i]?.n ?? 0] })) : [];
  const all = sides.map(({ part }) => part.features.length);
  return (
    <table className="table compare-key" data-testid="compare-key">
      <caption>{first ? [both.title, words.field(first.field), headUnit(words, first.field.unit)].filter(Boolean).join(' · ') : both.title}</caption>
      <thead><tr><th scope="col">{words.say('compare.class')}</th>{names.map((n, i) => <th key={i} scope="col" className="end">{n.title}</th>)}</tr></thead>
      <tbody>
        {rows.map((r) => (
          <tr key={r.text}><th scope="row"><span className="class-name">{mark(r.colour)}{r.text}</span></th>{r.n.map((n, i) => <td key={i} className="end" data-zero={n === 0 || undefined}>{words.count(n)}</td>)}</tr>
        ))}
        <tr className="sum"><th scope="row">{rows.length ? words.say('compare.all') : <span className="class-name">{mark(colourOf(sides[0].at))}{both.title}</span>}</th>{all.map((n, i) => <td key={i} className="end">{words.count(n)}</td>)}</tr>
      </tbody>
    </table>
  );
}
