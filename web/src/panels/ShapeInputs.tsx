// Widgets for places: a box, a shape, several shapes. They are drawn, taken from the map, or typed as corners while drawing.
import type { Geometry } from 'geojson';
import { Input, Label, TextField } from 'react-aria-components';
import { useItem } from '../api/queries.ts';
import { useWords } from '../i18n/words.ts';
import { clickOf, fewest, finishShape } from '../map/gestures.ts';
import { areaShape } from '../geo/ring.ts';
import type { Place } from '../geo/geodesic.ts';
import { isNewShape, useTools, type NewShape } from '../state/tools.ts';
import { useView } from '../state/view.ts';
import { Button, IconButton } from '../ui/Button.tsx';
import { CoordField } from './CoordField.tsx';
import { shownText, type FieldProps } from './PlainInputs.tsx';
import { useViewBox } from './viewBox.ts';

export function BoxInput({ label, input, value, onChange, describedBy }: FieldProps) {
  const { say } = useWords();
  const view = useViewBox(true);
  return (
    <>
      <TextField className="field" value={shownText(value, input)} onChange={onChange} aria-describedby={describedBy}>
        <Label>{label}</Label>
        <Input className="input" dir="ltr" placeholder="-12.2, 10.1, 4.3, 25" />
      </TextField>
      {view && <Button look="link" onPress={() => onChange(view.replaceAll(',', ', '))}>{say('form.view')}</Button>}
    </>
  );
}

const made: Record<NewShape, (places: Place[]) => Geometry> = {
  point: ([at]) => ({ type: 'Point', coordinates: at ?? [] }),
  line: (places) => ({ type: 'LineString', coordinates: places }),
  ring: areaShape,
};

/** What the schema's format leaves to be drawn. */
export function drawable(format: unknown): NewShape[] {
  const text = typeof format === 'string' ? format : '';
  const kinds: [string, NewShape][] = [['point', 'point'], ['linestring', 'line'], ['polygon', 'ring']];
  const found = kinds.filter(([name]) => new RegExp(`(^|-)(multi)?${name}`).test(text)).map(([, shape]) => shape);
  return found.length ? found : ['point', 'line', 'ring'];
}

const icons = { point: 'pin', line: 'line', ring: 'polygon' } as const;
const names = { point: 'form.drawPoint', line: 'form.drawLine', ring: 'form.drawArea' } as const;

const toldBy = (g: Geometry): number => ('coordinates' in g ? (JSON.stringify(g.coordinates).match(/\[-?[\d.]/g)?.length ?? 0) : 0);

export function ShapeInput({ label, input, value, onChange }: FieldProps) {
  const { say, count } = useWords();
  const shape = value as Geometry | undefined;
  return (
    <fieldset className="shape-input">
      <legend className="label">{label}</legend>
      <Sources shapes={drawable(input.schema.format)} take={onChange} />
      {shape && <Kept text={say('form.shape', { n: count(toldBy(shape)) })} remove={() => onChange(undefined)} />}
    </fieldset>
  );
}

export function ShapesInput({ label, input, value, onChange }: FieldProps) {
  const { say, count } = useWords();
  const shapes = (value as Geometry[] | undefined) ?? [];
  const bases = useView((v) => v.drawn.places);
  const items = input.schema.items as Record<string, unknown> | undefined;
  return (
    <fieldset className="shape-input">
      <legend className="label">{label}</legend>
      <Sources shapes={drawable(items?.format)} take={(g) => onChange([...shapes, g])} />
      {bases.length > 0 && <Button look="link" onPress={() => onChange([...shapes, ...bases.map((at) => made.point([at]))])}>{say('form.newBases')}</Button>}
      {shapes.map((g, i) => <Kept key={i} text={say('form.shape', { n: count(toldBy(g)) })} remove={() => onChange(shapes.filter((_, k) => k !== i))} />)}
    </fieldset>
  );
}

function Kept({ text, remove }: { text: string; remove(): void }) {
  const { say } = useWords();
  return <p className="drawn-area"><span>{text}</span><IconButton icon="bin" label={say('form.remove', { name: text })} onPress={remove} /></p>;
}

/** The ways to a shape: draw one, or take the area that is drawn, what the map shows, or the record that is selected. */
function Sources({ shapes, take }: { shapes: NewShape[]; take(g: Geometry): void }) {
  const { say } = useWords();
  const { tool, done, hold } = useTools();
  const within = useView((v) => v.drawn.within);
  const view = useViewBox(shapes.includes('ring'));
  const ring = within && 'ring' in within ? within.ring : undefined;
  const draw = (shape: NewShape) => (tool === shape ? hold(undefined) : hold(shape, (places) => take(made[shape](places))));
  return (
    <>
      <div className="tool-row">
        {shapes.map((s) => <Button key={s} icon={icons[s]} aria-pressed={tool === s} onPress={() => draw(s)}>{say(names[s])}</Button>)}
      </div>
      {done && isNewShape(tool) && shapes.includes(tool) && <Drawing tool={tool} />}
      <div className="tool-row">
        {ring && shapes.includes('ring') && <Button look="link" onPress={() => take(areaShape(ring))}>{say('form.drawnArea')}</Button>}
        {view && <Button look="link" onPress={() => take(areaShape(cornersOf(view)))}>{say('form.view')}</Button>}
        <Selected take={take} />
      </div>
    </>
  );
}

function cornersOf(box: string): Place[] {
  const [west = 0, south = 0, east = 0, north = 0] = box.split(',').map(Number);
  // Over the date line the ring goes on counting.
  const end = east < west ? east + 360 : east;
  // No edge is so long that the short way round is the other one.
  const across = [0, 1, 2, 3].map((third) => west + ((end - west) * third) / 3);
  return end - west < 120 ? [[west, south], [end, south], [end, north], [west, north]] : [...across.map((lon): Place => [lon, south]), ...across.reverse().map((lon): Place => [lon, north])];
}

const far = () => Infinity;

function Drawing({ tool }: { tool: NewShape }) {
  const { say } = useWords();
  const draft = useTools((t) => t.draft);
  return (
    <>
      <p className="note" role="status">{say('form.drawHint', { n: draft.length })}</p>
      <CoordField label={say('area.type')} onPlace={(at) => clickOf(tool, at, far)} />
      {tool !== 'point' && <Button isDisabled={draft.length < fewest[tool]} onPress={finishShape}>{say('draw.done')}</Button>}
    </>
  );
}

function Selected({ take }: { take(g: Geometry): void }) {
  const selected = useView((v) => v.selected);
  return selected ? <SelectedShape collection={selected.collection} itemKey={selected.key} take={take} /> : null;
}

function SelectedShape({ collection, itemKey, take }: { collection: string; itemKey: number; take(g: Geometry): void }) {
  const { say } = useWords();
  const shape = useItem(collection, itemKey).data?.geometry;
  return shape ? <Button look="link" onPress={() => take(shape)}>{say('form.selected')}</Button> : null;
}
