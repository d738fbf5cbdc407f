// By which light and by what a casualty is brought to care, in which footprint; all else stands in the form that follows from the process.
import { useProcess } from '../api/queries.ts';
import { useWords } from '../i18n/words.ts';
import { OtherConditions } from '../panels/OtherConditions.tsx';
import { useScenarioText } from '../planning/answers.ts';
import { useScenarioTitle } from '../planning/title.ts';
import { bearers, type Bearer } from '../state/medical.ts';
import { useView } from '../state/view.ts';
import { Segments } from '../ui/Segments.tsx';
import { formInputs } from './question.ts';

const [day, night, all] = ['day', 'night', 'all'] as const;

export function Conditions() {
  const { say } = useWords();
  const { medical, setMedical } = useView();
  const timed = medical.inputs?.at !== undefined;
  return (
    <div className="care-conditions" role="group" aria-label={say('medical.conditions')}>
      <Footprint />
      {!timed && <Segments label={say('medical.light')} value={medical.night ? night : day} options={[{ id: day, label: say('medical.day') }, { id: night, label: say('medical.night') }]} onChange={(id) => setMedical({ night: id === night || undefined })} />}
      <Segments label={say('medical.by')} value={medical.by ?? all} options={[{ id: all, label: say('medical.all') }, ...bearers.map((b) => ({ id: b, label: say(`medical.short.${b}`) }))]} onChange={(id) => setMedical({ by: id === all ? undefined : (id as Bearer) })} />
      <Others />
    </div>
  );
}

/** What is, or what would be in the scenario that is drawn up. */
function Footprint() {
  const { say } = useWords();
  const title = useScenarioTitle();
  const drawn = useScenarioText() !== undefined;
  const asIs = useView((v) => v.medical.asIs);
  const setMedical = useView((v) => v.setMedical);
  if (!drawn) return null;
  return <Segments label={say('plan.scenario')} value={asIs ? 'is' : 'would'} options={[{ id: 'is', label: say('plan.baseLine') }, { id: 'would', label: title }]} onChange={(id) => setMedical({ asIs: id === 'is' || undefined })} />;
}

function Others() {
  const process = useProcess('casevac-chain').data;
  const inputs = useView((v) => v.medical.inputs);
  const setMedical = useView((v) => v.setMedical);
  return process ? <OtherConditions inputs={formInputs(process)} values={inputs} onChange={(next) => setMedical({ inputs: next })} /> : null;
}
