// The key of an answer's layer: what it is coloured by, its unit, and each class with the number of shapes in it.
import type { CSSProperties } from 'react';
import { useWords, type Words } from '../i18n/words.ts';
import type { Shapes } from './result.ts';
import { colourOf, unstated } from './resultShapes.ts';
import { valueText } from './ResultView.tsx';
import { shadingOf, type ResultClass, type Shading } from './shading.ts';

export const mark = (colour: string) => <i className="mark-area" data-colour={colour} style={{ '--mark': `var(--${colour})` } as CSSProperties} />;

/** @param like the layer whose breaks hold here too */
export function ResultKey({ part, shade, at, like }: { part: Shapes; shade?: string; at: number; like?: Shapes }) {
  const words = useWords();
  const shading = shadingOf(part, shade, like);
  if (!shading) return <ul className="legend result-key"><li>{mark(colourOf(at))}<span className="layer-name">{part.title}</span><span>{words.count(part.features.length)}</span></li></ul>;
  const none = part.features.length - shading.classes.reduce((n, c) => n + c.n, 0);
  return (
    <figure className="result-key-of">
      <figcaption>{topText(words, part, shading)}</figcaption>
      <ul className="legend result-key" data-kind={shading.kind}>
        {shading.classes.map((c) => (
          <li key={c.code ?? c.from} data-n={c.n}>{mark(c.colour)}<span className="layer-name">{classText(words, shading, c)}</span><span>{words.count(c.n)}</span></li>
        ))}
        {none > 0 && <li data-n={none}>{mark(unstated)}<span className="layer-name">{words.say('result.unstated')}</span><span>{words.count(none)}</span></li>}
      </ul>
      {shading.kind === 'confidence' && <p className="key-ends" aria-hidden="true"><span>{words.say('result.more')}</span><span>{words.say('result.fewer')}</span></p>}
    </figure>
  );
}

const signs: Record<string, string> = { not_significant: '–' };

export function classText(words: Words, { field, kind }: Shading, { code, from, to }: ResultClass): string {
  if (code !== undefined) return kind === 'confidence' ? (signs[code] ?? code.slice(-2)) : words.code(field.name, code);
  const [low, high] = [from, to].map((v) => (v === undefined ? '' : valueText(words, field, v)));
  return high ? words.say('result.between', { from: low ?? '', to: high }) : words.say('result.from', { n: low ?? '' });
}

/** What the layer comes to in one sentence, with its denominator: "39 of 374 cells ...". */
export function topText(words: Words, part: Shapes, { field, kind, classes }: Shading): string {
  const values = { name: part.title, all: words.count(part.features.length), field: words.field(field) };
  if (kind === 'confidence') {
    const sum = (pole: string) => classes.filter((c) => c.code?.startsWith(pole)).reduce((n, c) => n + c.n, 0);
    return words.say('result.hot', { ...values, hot: words.count(sum('hot')), cold: words.count(sum('cold')) });
  }
  const top = kind === 'codes' ? [...classes].sort((a, b) => b.n - a.n)[0] : classes.at(-1);
  if (!top) return words.say('result.alike', { ...values, value: words.say('result.none') });
  return words.say('result.top', { ...values, n: words.count(top.n), value: classText(words, { field, kind, classes, classAt: () => undefined }, top) });
}
