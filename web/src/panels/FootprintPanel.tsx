// A footprint: which bases, what radius, and the server's answer.
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { runFootprint } from '../api/ask.ts';
import { ApiError } from '../api/client.ts';
import { useProcess } from '../api/queries.ts';
import type { Process } from '../api/shapes.ts';
import { useWords } from '../i18n/words.ts';
import { useMap } from '../map/MapView.tsx';
import { useUi } from '../state/ui.ts';
import { useView } from '../state/view.ts';
import { Button, IconButton } from '../ui/Button.tsx';
import { Icon } from '../ui/Icon.tsx';
import { FootprintAnswer } from './FootprintAnswer.tsx';
import { collectionOf, SchemaForm, type FormValues } from './SchemaForm.tsx';

export function FootprintPanel() {
  const { say } = useWords();
  const set = useUi((u) => u.set);
  const process = useProcess('footprint');
  return (
    <>
      <div className="section-head">
        <h2 className="panel-title">{say('footprint.title')}</h2>
        <IconButton icon="close" label={say('action.close')} onPress={() => set({ panel: 'layers' })} />
      </div>
      {process.isPending && <div className="skeleton" role="status" aria-label={say('state.loading')}><i /><i /><i /></div>}
      {process.error && <p className="state bad" role="alert">{process.error.message} <Button look="link" onPress={() => void process.refetch()}>{say('state.tryAgain')}</Button></p>}
      {process.data && <FootprintForm process={process.data} />}
    </>
  );
}

/** The link keeps the picked records and the radius; what else the process asks for lives here. */
function useValues(process: Process): [FormValues, (name: string, value: unknown) => void] {
  const { footprint, setPick, setRadius } = useView();
  const [others, setOthers] = useState<FormValues>({});
  const values: FormValues = { ...others };
  const picks = Object.keys(process.inputs).find((name) => collectionOf(process.inputs[name]?.schema ?? {}) !== undefined);
  if (picks) values[picks] = footprint.bases;
  if ('radius_m' in process.inputs && footprint.radiusMetres !== undefined) values.radius_m = footprint.radiusMetres;
  const change = (name: string, value: unknown) => {
    if (name === picks) setPick(value as number[]);
    else if (name === 'radius_m') setRadius(value as number | undefined);
    else setOthers((old) => ({ ...old, [name]: value }));
  };
  return [values, change];
}

const missing = (process: Process, values: FormValues) =>
  Object.entries(process.inputs).some(([name, input]) => collectionOf(input.schema) && !(values[name] as unknown[] | undefined)?.length);

function FootprintForm({ process }: { process: Process }) {
  const { say } = useWords();
  const [values, change] = useValues(process);
  const incomplete = missing(process, values);
  const [asked, setAsked] = useState<FormValues | undefined>(incomplete ? undefined : values);
  const answer = useQuery({ queryKey: ['footprint', asked], enabled: asked !== undefined, queryFn: ({ signal }) => runFootprint(asked ?? {}, signal), placeholderData: keepPreviousData, retry: false });
  const stale = JSON.stringify(asked) !== JSON.stringify(values) || answer.isPlaceholderData;
  useDiscs(asked && !stale ? answer.data?.rings : undefined);
  return (
    <>
      <form onSubmit={(e) => { e.preventDefault(); setAsked(values); }}>
        {process.description && <p className="note">{say('footprint.what')}</p>}
        <SchemaForm inputs={process.inputs} values={values} onChange={change} />
        <Button type="submit" look="primary" isDisabled={incomplete} isPending={answer.isFetching}>{say('footprint.run')}</Button>
        {incomplete && <p className="note">{say('footprint.pickFirst')}</p>}
      </form>
      {answer.error && <p className="state bad" role="alert"><Icon name="warning" /> {answer.error instanceof ApiError ? answer.error.message || say('state.unreachable') : answer.error.message}</p>}
      {answer.data && asked && !incomplete && <FootprintAnswer answer={answer.data} stale={stale} />}
    </>
  );
}

function useDiscs(rings: GeoJSON.FeatureCollection | undefined) {
  const map = useMap((m) => m.map);
  useEffect(() => {
    map?.setDiscs(rings);
    return () => map?.setDiscs(undefined);
  }, [map, rings]);
}
