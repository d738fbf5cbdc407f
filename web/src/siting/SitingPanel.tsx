// "Find better": what is sought, within which limits, and from which bases and candidates; then the search itself.
import { useEffect, useRef, useState } from 'react';
import { Checkbox, CheckboxGroup, Label } from 'react-aria-components';
import type { Question } from '../api/execution.ts';
import type { Process } from '../api/shapes.ts';
import { useWords } from '../i18n/words.ts';
import { SchemaForm } from '../panels/SchemaForm.tsx';
import { FieldNumber } from '../planning/FieldNumber.tsx';
import { useStanding } from '../planning/PlanPanel.tsx';
import { inputText } from '../planning/units.ts';
import { aims, candidateKinds, mostAims, soughts, type Aim, type Candidates, type Siting, type Sought } from '../state/siting.ts';
import { useView } from '../state/view.ts';
import { Button, IconButton } from '../ui/Button.tsx';
import { Choice } from '../ui/Choice.tsx';
import { furtherInputs, isPlacing, limitInputs, only, reachInputs, sought as seekOther, firstNumber } from './question.ts';
import { RuledBases } from './RuledBases.tsx';
import { RunPart } from './RunPart.tsx';
import { useSearch } from './search.ts';
import './siting.css';

export function SitingPanel() {
  const siting = useView((v) => v.siting);
  return siting ? <Panel siting={siting} /> : null;
}

function Panel({ siting }: { siting: Siting }) {
  const { say } = useWords();
  const seek = useView((v) => v.seek);
  const found = useSearch(siting);
  const { process, values, problem } = found;
  const head = useRef<HTMLHeadingElement>(null);
  useEffect(() => head.current?.focus({ preventScroll: true }), []);
  const setValue = (name: string, value: unknown) => {
    const { [name]: _before, ...rest } = siting.values;
    seek({ ...siting, values: value === undefined || value === '' ? rest : { ...rest, [name]: value } });
  };
  const form = (names: string[]) => process && <SchemaForm inputs={only(process, names)} values={values} onChange={setValue} />;
  return (
    <section className="siting" aria-label={say('siting.title')} data-testid="siting">
      <div className="section-head">
        <h3 ref={head} tabIndex={-1}>{say('siting.title')}</h3>
        <IconButton icon="close" label={say('siting.close')} onPress={() => seek(undefined)} />
      </div>
      <form onSubmit={(e) => e.preventDefault()} noValidate>
        <What siting={siting} />
        <fieldset className="siting-part"><legend>{say('siting.reach')}</legend>{form(reachInputs(siting))}</fieldset>
        <fieldset className="siting-part">
          <legend>{say('siting.limits')}</legend>
          <RuledBases siting={siting} />
          {form(limitInputs(siting))}
        </fieldset>
        <CandidatesPart siting={siting} drawn={found.drawn} />
        <Conditions process={process} conditions={found.conditions} />
        {process && <Further process={process} siting={siting} values={values} onChange={setValue} />}
      </form>
      {problem && <p className="note" role="status">{say(problem)}</p>}
      <RunPart siting={siting} found={found} />
    </section>
  );
}

/** The search goes by the conditions of the workspace, which are set there alone: those that are not usual for a search are named. */
function Conditions({ process, conditions }: { process?: Process; conditions: Question }) {
  const words = useWords();
  const told = Object.entries(conditions).map(([name, value]) => {
    const input = process?.inputs[name];
    const unit = input?.schema['x-unit'];
    const text = inputText(words, name, value);
    const label = words.input({ name, title: input?.title ?? '' });
    return text === undefined ? label : `${label} ${text}${typeof unit === 'string' ? ` ${unit}` : ''}`;
  });
  return <p className="note" data-testid="siting-conditions">{words.say('siting.conditions')} {told.join('; ')}</p>;
}

function What({ siting }: { siting: Siting }) {
  const { say } = useWords();
  const seek = useView((v) => v.seek);
  const standing = useStanding().length;
  const { sought, number } = siting;
  const many = sought === 'front' || sought === 'fewest' ? undefined : isPlacing(sought) ? 'siting.place' : sought === 'close' ? 'siting.closeMany' : 'siting.keepMany';
  // A link may say none; a search begins with a number that makes sense here.
  useEffect(() => {
    const first = standing > 0 && number === undefined ? firstNumber(sought, standing) : undefined;
    if (first !== undefined) useView.setState({ siting: { ...siting, number: first } });
  }, [siting, sought, number, standing]);
  return (
    <>
      <Choice label={say('siting.what')} options={soughts.map((s) => ({ id: s, label: say(`siting.sought.${s}`) }))} value={sought} onChange={(s) => seek(seekOther(siting, s as Sought, standing))} />
      {many && <FieldNumber key={`${sought}${number}`} label={say(many, { n: standing })} value={number ?? 0} onChange={(n) => seek({ ...siting, number: n })} />}
      {sought === 'front' && <Aims siting={siting} />}
    </>
  );
}

function Aims({ siting }: { siting: Siting }) {
  const { say } = useWords();
  const seek = useView((v) => v.seek);
  const full = siting.aims.length >= mostAims;
  return (
    <CheckboxGroup className="field" value={siting.aims} onChange={(chosen) => seek({ ...siting, aims: chosen as Aim[] })}>
      <Label>{say('siting.aims')}</Label>
      <div className="siting-checks">
        {aims.map((a) => <Checkbox key={a} value={a} className="check" isDisabled={full && !siting.aims.includes(a)}><i />{say(`siting.aim.${a}`)}</Checkbox>)}
      </div>
    </CheckboxGroup>
  );
}

function CandidatesPart({ siting, drawn }: { siting: Siting; drawn: number }) {
  const { say } = useWords();
  const seek = useView((v) => v.seek);
  return (
    <CheckboxGroup className="field" value={siting.candidates} onChange={(chosen) => seek({ ...siting, candidates: chosen as Candidates[] })}>
      <Label>{say('siting.candidates')}</Label>
      <div className="siting-checks">
        {candidateKinds.map((c) => <Checkbox key={c} value={c} className="check" isDisabled={c === 'drawn' && !drawn && !siting.candidates.includes(c)}><i />{say(`siting.candidate.${c}`, { n: drawn })}</Checkbox>)}
      </div>
    </CheckboxGroup>
  );
}

interface FurtherProps {
  process: Process;
  siting: Siting;
  values: Record<string, unknown>;
  onChange(name: string, value: unknown): void;
}

function Further({ process, siting, values, onChange }: FurtherProps) {
  const { say } = useWords();
  const [open, setOpen] = useState(false);
  return (
    <div className="further">
      <Button look="link" aria-expanded={open} onPress={() => setOpen(!open)}>{say(open ? 'routes.fewer' : 'routes.further')}</Button>
      {open && <SchemaForm inputs={furtherInputs(process, siting)} values={values} help onChange={onChange} />}
    </div>
  );
}
