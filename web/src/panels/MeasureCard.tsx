// The measurement in words and numbers: its sum as a sentence, its legs as a table, places added by typing as well as by clicking.
import { useMemo } from 'react';
import { useWords } from '../i18n/words.ts';
import { closeMeasured, takeBack, takeRuler } from '../map/gestures.ts';
import { measurementOf, type Measurement } from '../map/measure.ts';
import { rounded } from '../state/drawn.ts';
import { useTools } from '../state/tools.ts';
import { useView } from '../state/view.ts';
import { Button, IconButton } from '../ui/Button.tsx';
import { Icon } from '../ui/Icon.tsx';
import { CoordField } from './CoordField.tsx';

const none = { points: [], closed: false };

export function MeasureCard() {
  const words = useWords();
  const { say } = words;
  const measured = useView((v) => v.drawn.measured) ?? none;
  const draw = useView((v) => v.draw);
  const { tool, hold } = useTools();
  const measuring = tool === 'measure';
  const measurement = useMemo(() => measurementOf(measured), [measured]);
  if (!measuring && !measured.points.length) return null;
  const clear = () => {
    hold(undefined);
    draw({ measured: undefined });
  };
  return (
    <section className="card measure" aria-label={say('measure.title')} data-testid="measure">
      <header className="card-head">
        <Icon name="ruler" />
        <div><h2 aria-live="polite" data-metres={measurement.metres} data-square-metres={measurement.squareMetres}>{finding(measurement, words)}</h2></div>
        <IconButton icon="close" label={say('measure.clear')} onPress={clear} />
      </header>
      {measurement.legs.length > 0 && <Legs measurement={measurement} />}
      {measuring && (
        <div className="card-body">
          <p className="note">{say('measure.hint')}</p>
          <CoordField label={say('measure.type')} onPlace={(at) => draw({ measured: { points: [...measured.points, rounded(at)], closed: false } })} />
        </div>
      )}
      <footer className="card-actions">
        {measuring && measured.points.length > 2 && <Button onPress={closeMeasured}>{say('measure.close')}</Button>}
        {measuring && measured.points.length > 0 && <Button onPress={takeBack}>{say('measure.back')}</Button>}
        {measuring ? <Button onPress={() => hold(undefined)}>{say('measure.end')}</Button> : <Button onPress={takeRuler}>{say(measured.closed ? 'measure.new' : 'measure.on')}</Button>}
      </footer>
      <p className="note">{say('measure.note')}</p>
    </section>
  );
}

/** The measurement as a sentence; undefined while there is none. */
export function useMeasurementText(): string | undefined {
  const words = useWords();
  const measured = useView((v) => v.drawn.measured);
  const text = measured && finding(measurementOf(measured), words);
  return measured && measured.points.length > 1 ? words.say('measure.told', { text: text ?? '' }) : undefined;
}

function finding({ legs, metres, squareMetres }: Measurement, { say, length, area }: ReturnType<typeof useWords>): string {
  if (!legs.length) return say('measure.start');
  if (squareMetres !== undefined) return say('measure.shape', { area: area(squareMetres), length: length(metres) });
  return say('measure.way', { length: length(metres), n: legs.length });
}

function Legs({ measurement: { legs } }: { measurement: Measurement }) {
  const { say, length } = useWords();
  return (
    <div className="measure-legs">
      <table className="table">
        <caption className="only-read">{say('measure.title')}</caption>
        <thead>
          <tr><th scope="col">{say('measure.leg')}</th><th scope="col" className="end">{say('measure.bearing')}</th><th scope="col" className="end">{say('measure.length')}</th></tr>
        </thead>
        <tbody>
          {legs.map((leg, i) => (
            <tr key={i} data-leg={leg.metres}>
              <th scope="row">{i + 1}</th>
              <td className="end" dir="ltr">{Math.round(leg.bearing) % 360}°</td>
              <td className="end">{length(leg.metres)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
