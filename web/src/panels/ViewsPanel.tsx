// Saved views: kept on the server, listed with who saved them and when, opened by a short link, renamed, replaced and removed by who may.
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { Button as AriaButton, Form, Input, Label, TextArea, TextField } from 'react-aria-components';
import { ApiError } from '../api/client.ts';
import { mayKeep, useSession } from '../api/session.ts';
import { addView, changeView, removeView, useLast, useViews, type Listed, type ViewText } from '../api/views.ts';
import { shortLink } from '../app/OpenView.tsx';
import { copy } from '../app/TopBar.tsx';
import { useMarking } from '../app/marking.ts';
import { useWorld } from '../app/world.ts';
import { useWords } from '../i18n/words.ts';
import { useMap } from '../map/MapView.tsx';
import { useUi } from '../state/ui.ts';
import { formatView } from '../state/url.ts';
import { useView } from '../state/view.ts';
import { Button, IconButton } from '../ui/Button.tsx';

export function ViewsPanel() {
  const { say } = useWords();
  const set = useUi((u) => u.set);
  const { data: session } = useSession();
  return (
    <>
      <div className="section-head">
        <h2 className="panel-title">{say('views.title')}</h2>
        <IconButton icon="close" label={say('action.close')} onPress={() => set({ panel: 'layers' })} />
      </div>
      <p className="note">{say('views.what')}</p>
      {session && !session.editable && <p className="state" role="status">{say('views.noStore')}</p>}
      {session?.editable && (mayKeep(session) ? <Save /> : <p className="state" role="status">{say('views.noRight')}</p>)}
      {session?.editable && <List may={mayKeep(session)} />}
    </>
  );
}

/** The view as it stands, with the mission that the page began with, and how the page is marked. */
function useShownView() {
  const { mission } = useWorld();
  const marking = useMarking();
  const shown = (): Pick<ViewText, 'classification' | 'mission'> & { view: string } => {
    const state = useView.getState();
    const position = useMap.getState().map?.position() ?? state.position;
    return { view: formatView({ ...state, mission, ...(position && { position }) }), classification: marking, mission: mission || null };
  };
  return { mission, marking, shown };
}

/** Runs a change of the views, and tells of it or of what is wrong. */
function useAct() {
  const { say } = useWords();
  const client = useQueryClient();
  const tell = useUi((u) => u.tell);
  const [problem, setProblem] = useState<string>();
  const act = async (told: string, how: () => Promise<(() => Promise<unknown>) | undefined>): Promise<boolean> => {
    try {
      const back = await how();
      setProblem(undefined);
      tell(told, back && (() => void back().then(() => client.invalidateQueries({ queryKey: ['views'] }))));
      return true;
    } catch (e) {
      setProblem((e instanceof ApiError && e.message) || say('state.unreachable'));
      return false;
    } finally {
      await client.invalidateQueries({ queryKey: ['views'] });
    }
  };
  return { act, problem };
}

function Save() {
  const words = useWords();
  const { say } = words;
  const { mission, marking, shown } = useShownView();
  const { act, problem } = useAct();
  const [title, setTitle] = useState('');
  const [note, setNote] = useState('');
  const save = async () => {
    const { view, ...rest } = shown();
    const done = await act(say('views.saved', { name: title.trim() }), () => addView({ ...rest, title: title.trim(), body: { view, ...(note.trim() && { note: note.trim() }) } }));
    if (!done) return;
    setTitle('');
    setNote('');
  };
  return (
    <Form className="save-view" onSubmit={(e) => { e.preventDefault(); if (title.trim()) void save(); }}>
      <TextField className="field" value={title} onChange={setTitle} maxLength={200}><Label>{say('views.name')}</Label><Input className="input" dir="auto" /></TextField>
      <TextField className="field" value={note} onChange={setNote} maxLength={2000}><Label>{say('views.note')}</Label><TextArea className="input wide" rows={2} dir="auto" /></TextField>
      <p className="note">{say(mission ? 'views.forMission' : 'views.forAll', { mission, marking: words.code('classification', marking) })}</p>
      {problem && <p className="state bad" role="alert">{problem}</p>}
      <Button look="primary" icon="bookmark" type="submit" isDisabled={!title.trim()}>{say('views.save')}</Button>
    </Form>
  );
}

function List({ may }: { may: boolean }) {
  const { say } = useWords();
  const asked = useViews(true);
  const { mission } = useWorld();
  if (asked.error) return <p className="state bad" role="alert">{asked.error.message || say('state.unreachable')} <Button look="link" onPress={() => void asked.refetch()}>{say('state.tryAgain')}</Button></p>;
  if (!asked.data) return <div className="skeleton" role="status" aria-label={say('state.loading')}><i /><i /><i /></div>;
  if (!asked.data.length) return <p className="state">{say('views.none')}</p>;
  // Those of the mission that is shown come first, the latest first.
  const sorted = [...asked.data].sort((a, b) => Number(b.mission === mission) - Number(a.mission === mission) || b.version - a.version);
  return <ul className="view-list" aria-label={say('views.title')}>{sorted.map((v) => <Entry key={v.id} view={v} may={may} />)}</ul>;
}

function Entry({ view, may }: { view: Listed; may: boolean }) {
  const words = useWords();
  const { say } = words;
  const { data: last } = useLast(view);
  const { act, problem } = useAct();
  const { shown } = useShownView();
  const tell = useUi((u) => u.tell);
  const [renaming, setRenaming] = useState(false);
  const name = view.title;
  const body = last?.after?.body;
  const open = () => body && useView.getState().follow(body.view);
  const copyLink = async () => tell(say((await copy(shortLink(view.id))) ? 'share.done' : 'share.failed'));
  const replace = () => act(say('views.replaced', { name }), () => changeView(view, ({ title, body: { note } }) => {
    const { view: now, ...rest } = shown();
    return { ...rest, title, body: { view: now, ...(note && { note }) } };
  }));
  const rename = (title: string) => {
    setRenaming(false);
    if (title !== name) void act(say('views.renamed', { name: title }), () => changeView(view, (v) => ({ ...v, title })));
  };
  return (
    <li data-view={view.id}>
      {renaming ? <Rename title={name} done={rename} /> : <AriaButton className="view-open" isDisabled={!body} onPress={open}><b dir="auto">{name}</b></AriaButton>}
      <small>{[last && say('views.by', { author: last.author, time: words.moment(Date.parse(last.at)) }), view.mission ?? say('mission.all'), view.classification !== 'unclassified' && words.code('classification', view.classification)].filter(Boolean).join(' · ')}</small>
      {body?.note && <p dir="auto">{body.note}</p>}
      {problem && <p className="state bad" role="alert">{problem}</p>}
      <span className="tool-row">
        <IconButton icon="share" label={say('views.copy', { name })} onPress={() => void copyLink()} />
        {may && <IconButton icon="edit" label={say('views.rename', { name })} onPress={() => setRenaming(true)} />}
        {may && <IconButton icon="redo" label={say('views.replace', { name })} onPress={() => void replace()} />}
        {may && <IconButton icon="bin" label={say('views.remove', { name })} onPress={() => void act(say('views.removed', { name }), () => removeView(view.id))} />}
      </span>
    </li>
  );
}

function Rename({ title, done }: { title: string; done(title: string): void }) {
  const { say } = useWords();
  const [text, setText] = useState(title);
  const end = () => done(text.trim() || title);
  return <TextField className="field" aria-label={say('views.name')} value={text} onChange={setText} maxLength={200} onBlur={end} autoFocus><Input className="input" dir="auto" onKeyDown={(e) => { if (e.key === 'Enter') end(); else if (e.key === 'Escape') { e.stopPropagation(); done(title); } }} /></TextField>;
}
