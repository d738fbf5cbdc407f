// The filter by place: a lasso drawn freehand or corner by corner, or a circle; on the map, or typed.
import { useState } from 'react';
import { Input, Label, NumberField } from 'react-aria-components';
import type { Place } from '../geo/geodesic.ts';
import { useWords } from '../i18n/words.ts';
import { clickOf } from '../map/gestures.ts';
import { finishLasso } from '../map/spaceGestures.ts';
import { isRadius, usualMetres } from '../state/space.ts';
import { useTools } from '../state/tools.ts';
import { useView } from '../state/view.ts';
import { Button, IconButton } from '../ui/Button.tsx';
import { CoordField } from './CoordField.tsx';
import { useSpaceText } from './spaceText.ts';

type SpaceTool = 'lasso' | 'circle';

export function SpaceSection() {
  const { say } = useWords();
  const { tool, hold } = useTools();
  const take = (next: SpaceTool) => hold(tool === next ? undefined : next);
  return (
    <div className="drawn" role="group" aria-label={say('space.title')}>
      <div className="section-head">
        <span className="label">{say('space.title')}</span>
        <span className="tool-row">
          <Button icon="lasso" aria-pressed={tool === 'lasso'} onPress={() => take('lasso')}>{say('space.lasso')}</Button>
          <Button icon="circle" aria-pressed={tool === 'circle'} onPress={() => take('circle')}>{say('space.circle')}</Button>
        </span>
      </div>
      {tool === 'lasso' && <Lasso />}
      {tool === 'circle' && <Centre />}
      <InForce />
    </div>
  );
}

const far = () => Infinity;

function Lasso() {
  const { say } = useWords();
  const draft = useTools((t) => t.draft);
  return (
    <>
      <p className="note" role="status">{say('space.lassoHint', { n: draft.length })}</p>
      <CoordField label={say('area.type')} onPlace={(at) => clickOf('lasso', at, far)} />
      <Button isDisabled={draft.length < 3} onPress={finishLasso}>{say('measure.close')}</Button>
    </>
  );
}

/** A typed centre is enough: the radius may be changed after. */
function Centre() {
  const { say } = useWords();
  const setSpace = useView((v) => v.setSpace);
  const hold = useTools((t) => t.hold);
  const [metres, setMetres] = useState(usualMetres);
  const at = (near: Place) => {
    hold(undefined);
    setSpace({ near, metres });
  };
  return (
    <>
      <p className="note" role="status">{say('space.circleHint')}</p>
      <RadiusField metres={metres} onChange={setMetres} />
      <CoordField label={say('space.centre')} onPlace={at} />
    </>
  );
}

function RadiusField({ metres, onChange }: { metres: number; onChange(metres: number): void }) {
  const { say } = useWords();
  return (
    <NumberField className="field number" value={metres} minValue={0.1} onChange={(v) => isRadius(v) && onChange(v)} formatOptions={{ maximumFractionDigits: 1 }}>
      <Label>{say('space.radius')}</Label>
      <Input className="input" />
    </NumberField>
  );
}

function InForce() {
  const { say } = useWords();
  const space = useView((v) => v.space);
  const setSpace = useView((v) => v.setSpace);
  const text = useSpaceText();
  if (!space || !text) return null;
  return (
    <>
      <p className="drawn-area" data-testid="space">
        <span>{text} <small>{say('space.scope')}</small></span>
        <IconButton icon="close" label={say('filters.remove', { name: text })} onPress={() => setSpace(undefined)} />
      </p>
      {!('ring' in space) && <RadiusField metres={space.metres} onChange={(metres) => setSpace({ ...space, metres })} />}
    </>
  );
}
