// A record's place by typing: every corner in any of the four notations, corners put in and taken away. The map is not needed.
import { useState } from 'react';
import { FieldError, Input, TextField } from 'react-aria-components';
import type { Geometry } from 'geojson';
import type { GeometryKind } from '../api/shapes.ts';
import { formatCoord, isPlace, parseCoord } from '../geo/coords.ts';
import type { Place } from '../geo/geodesic.ts';
import { inserted, middlesOf, moved, removed, shapeOf, verticesOf, type Drawable, type Path } from '../geo/vertices.ts';
import { useWords } from '../i18n/words.ts';
import { CoordField } from '../panels/CoordField.tsx';
import { usePrefs } from '../state/prefs.ts';
import { Button, IconButton } from '../ui/Button.tsx';
import { Segments } from '../ui/Segments.tsx';

interface Props {
  kind: GeometryKind;
  geometry: Geometry | null;
  problem?: string;
  onChange(geometry: Geometry | null): void;
}

export function ShapeField({ kind, geometry, problem, onChange }: Props) {
  const { say } = useWords();
  return (
    <section className="drawn shape-field" aria-label={say('edit.place')} data-field="geometry">
      <div className="section-head">
        <span className="label">{say('edit.place')}</span>
        {geometry && <Button look="link" onPress={() => onChange(null)}>{say('edit.noPlace')}</Button>}
      </div>
      {geometry ? <Corners geometry={geometry} onChange={onChange} /> : <NewCorners kind={kind} onChange={onChange} />}
      {problem && <p className="state bad" role="alert">{problem}</p>}
    </section>
  );
}

/** So many corners are listed at first. */
const few = 12;

function Corners({ geometry, onChange }: { geometry: Geometry; onChange(g: Geometry): void }) {
  const { say, count } = useWords();
  const [all, setAll] = useState(false);
  const vertices = verticesOf(geometry);
  const middles = middlesOf(geometry);
  const shown = all ? vertices : vertices.slice(0, few);
  if (geometry.type === 'GeometryCollection') return <p className="note">{say('edit.mixed')}</p>;
  const after = ([...path]: Path) => {
    const next = path.pop() ?? 0;
    return middles.find((m) => m.path.join() === [...path, next + 1].join());
  };
  return (
    <>
      <ol className="corner-list">
        {shown.map(({ path, at }, i) => {
          const [without, middle] = [removed(geometry, path), after(path)];
          const name = path.length ? say('draw.corner', { n: i + 1 }) : say('edit.place');
          return (
            <li key={path.join('.')}>
              <PlaceInput label={name} place={at} onChange={(to) => onChange(moved(geometry, path, to))} />
              {middle && <IconButton icon="plus" label={say('edit.insert', { name })} onPress={() => onChange(inserted(geometry, middle.path, middle.at))} />}
              {path.length > 0 && <IconButton icon="bin" label={say('draw.remove', { name })} isDisabled={!without} onPress={() => without && onChange(without)} />}
            </li>
          );
        })}
      </ol>
      {vertices.length > few && <Button look="link" onPress={() => setAll(!all)}>{all ? say('card.fewer', { n: 0 }) : say('edit.corners', { n: count(vertices.length) })}</Button>}
    </>
  );
}

/** A place as text: what is no place is refused beneath, and nothing changes until it is right. */
function PlaceInput({ label, place: [lon, lat], onChange }: { label: string; place: Place; onChange(to: Place): void }) {
  const { say } = useWords();
  const format = usePrefs((p) => p.coords);
  const [typed, setTyped] = useState<string>();
  const [wrong, setWrong] = useState(false);
  const read = typed === undefined ? undefined : parseCoord(typed);
  const problem = isPlace(read) ? undefined : read ? say(`goto.bad.${read.problem}`, { value: read.value }) : say('coords.unread');
  const enter = () => {
    if (typed === undefined) return;
    setWrong(!isPlace(read));
    if (!isPlace(read)) return;
    setTyped(undefined);
    onChange([read.lon, read.lat]);
  };
  return (
    <TextField className="field" aria-label={label} value={typed ?? formatCoord(lon, lat, format)} isInvalid={wrong} onChange={(t) => { setTyped(t); setWrong(false); }} onBlur={enter}>
      <Input className="input" dir="ltr" onKeyDown={(e) => { if (e.key === 'Enter') { e.preventDefault(); enter(); } }} />
      <FieldError className="field-error">{problem}</FieldError>
    </TextField>
  );
}

const drawables: Drawable[] = ['point', 'line', 'polygon'];
const isDrawable = (kind: GeometryKind): kind is Drawable => drawables.some((d) => d === kind);

/** Corners so far of a shape that has none yet. */
function NewCorners({ kind, onChange }: { kind: GeometryKind; onChange(g: Geometry): void }) {
  const { say } = useWords();
  const [chosen, setChosen] = useState<Drawable>('point');
  const [places, setPlaces] = useState<Place[]>([]);
  const drawable = isDrawable(kind) ? kind : chosen;
  const add = (at: Place) => {
    const next = [...places, at];
    const shape = shapeOf(drawable, next);
    setPlaces(shape ? [] : next);
    if (shape) onChange(shape);
  };
  return (
    <>
      {kind === 'any' && <Segments label={say('edit.shape')} value={chosen} options={drawables.map((id) => ({ id, label: say(`edit.shape.${id}`) }))} onChange={(id) => { setChosen(id as Drawable); setPlaces([]); }} />}
      <CoordField label={say(drawable === 'point' ? 'edit.typePlace' : 'area.type')} onPlace={add} />
      {places.length > 0 && <p className="note">{say('edit.soFar', { n: places.length })}</p>}
    </>
  );
}
