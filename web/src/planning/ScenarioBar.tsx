// Which scenario is drawn up: chosen, begun, kept, renamed, removed.
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { Form, Input, Label, TextField } from 'react-aria-components';
import { ApiError } from '../api/client.ts';
import { addScenario, changeScenario, removeScenario, useScenario, useScenarios } from '../api/scenarios.ts';
import { mayKeep, useSession } from '../api/session.ts';
import { useMarking } from '../app/marking.ts';
import { useWorld } from '../app/world.ts';
import { useWords } from '../i18n/words.ts';
import { noScenario } from '../state/scenario.ts';
import { emptySiting } from '../state/siting.ts';
import { useUi } from '../state/ui.ts';
import { useView } from '../state/view.ts';
import { Button } from '../ui/Button.tsx';
import { Choice } from '../ui/Choice.tsx';
import { useChanges } from './answers.ts';
import { openScenario } from './store.ts';
import { useScenarioName } from './title.ts';

const [what, draft] = ['*', '+'];

export function ScenarioBar() {
  const { say } = useWords();
  const list = useScenarios().data ?? [];
  const { id, changes } = useView((v) => v.scenario);
  const { mission } = useWorld();
  const title = useScenarioName();
  const value = id ?? (changes ? draft : what);
  const known = list.filter((s) => !s.mission || !mission || s.mission === mission || s.id === id);
  const options = [
    { id: what, label: say('plan.baseLine') },
    ...(changes && !id ? [{ id: draft, label: title }] : []),
    ...known.map((s) => ({ id: s.id, label: s.title })),
  ];
  return (
    <section className="scenario-bar" aria-label={say('plan.scenario')}>
      <div className="tool-row">
        <Choice label={say('plan.scenario')} options={options} value={value} onChange={(to) => to !== draft && openScenario(to === what ? noScenario : { id: to })} />
        <Button icon="plus" onPress={() => openScenario({ changes: [] })}>{say('plan.new')}</Button>
        <FindButton />
      </div>
      <Keeping />
    </section>
  );
}

/** Opens the search for a better footprint, and closes it. */
function FindButton() {
  const { say } = useWords();
  const siting = useView((v) => v.siting);
  const seek = useView((v) => v.seek);
  return <Button aria-expanded={siting !== undefined} onPress={() => seek(siting ? undefined : emptySiting)}>{say('siting.title')}</Button>;
}

/** What is new is this page's until it is kept; what somebody else keeps meanwhile is never lost. */
function Keeping() {
  const { say } = useWords();
  const { id, changes, title } = useView((v) => v.scenario);
  const { data: session } = useSession();
  const kept = useScenario(id).data;
  const { act, problem } = useAct();
  const [naming, setNaming] = useState(false);
  const marking = useMarking();
  const { mission } = useWorld();
  const all = useChanges();
  if (id === undefined && changes === undefined) return <p className="note">{say('plan.what')}</p>;
  const may = session?.editable === true && mayKeep(session);
  const fresh = changes !== undefined;
  const name = title ?? kept?.title ?? '';
  const save = async (as: string) => {
    setNaming(false);
    if (!all) return;
    if (kept) return void act(say('plan.saved', { name: as }), async () => {
      await changeScenario(kept, (s) => ({ ...s, title: as, body: { ...s.body, changes: all } }));
      openScenario({ id: kept.id });
    });
    await act(say('plan.saved', { name: as }), async () => openScenario({ id: await addScenario({ title: as, classification: marking, mission: mission || null, body: { changes: all } }) }));
  };
  const remove = () => kept && act(say('plan.removed', { name }), async () => {
    const back = await removeScenario(kept.id);
    openScenario(noScenario);
    return back;
  });
  return (
    <>
      {naming ? <Naming name={name} done={(as) => void save(as)} cancel={() => setNaming(false)} /> : (
        <div className="tool-row">
          {fresh && <span className="note">{say('plan.unsaved')}</span>}
          {fresh && may && <Button look="primary" icon="bookmark" onPress={() => (name ? void save(name) : setNaming(true))}>{say('plan.save')}</Button>}
          {may && kept && <Button icon="edit" onPress={() => setNaming(true)}>{say('plan.rename')}</Button>}
          {fresh && <Button onPress={() => openScenario(id ? { id } : noScenario)}>{say('plan.discard')}</Button>}
          {may && kept && !fresh && <Button icon="bin" onPress={() => void remove()}>{say('plan.remove')}</Button>}
        </div>
      )}
      {fresh && session && !may && <p className="note">{say(session.editable ? 'plan.noRight' : 'plan.noStore')}</p>}
      {problem && <p className="state bad" role="alert">{problem}</p>}
    </>
  );
}

function Naming({ name, done, cancel }: { name: string; done(name: string): void; cancel(): void }) {
  const { say } = useWords();
  const [text, setText] = useState(name);
  const end = () => text.trim() && done(text.trim());
  return (
    <Form className="tool-row" onSubmit={(e) => { e.preventDefault(); end(); }}>
      <TextField className="field" value={text} onChange={setText} maxLength={200} autoFocus><Label>{say('plan.name')}</Label><Input className="input" dir="auto" onKeyDown={(e) => { if (e.key === 'Escape') { e.stopPropagation(); cancel(); } }} /></TextField>
      <Button look="primary" type="submit" isDisabled={!text.trim()}>{say('plan.save')}</Button>
      <Button onPress={cancel}>{say('action.cancel')}</Button>
    </Form>
  );
}

/** Runs a change of the kept scenarios, and tells of it or of what is wrong. */
function useAct() {
  const { say } = useWords();
  const client = useQueryClient();
  const tell = useUi((u) => u.tell);
  const [problem, setProblem] = useState<string>();
  const again = () => client.invalidateQueries({ queryKey: ['scenarios'] });
  const act = async (told: string, how: () => Promise<(() => Promise<unknown>) | undefined | void>) => {
    try {
      const back = await how();
      setProblem(undefined);
      tell(told, back ? () => void back().then(again) : undefined);
    } catch (e) {
      setProblem((e instanceof ApiError && e.message) || say('state.unreachable'));
    } finally {
      await again();
    }
  };
  return { act, problem };
}
