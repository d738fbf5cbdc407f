// The form of one rule: what it looks for, near what, how much of it, and who is told. What the server refuses stands at the field it names.
import { useQuery } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { Input, Label, TextField } from 'react-aria-components';
import { askRule, putRule, severities, type Severity } from '../api/alerts.ts';
import { ApiError } from '../api/client.ts';
import { upTo } from '../api/marking.ts';
import { useSession } from '../api/session.ts';
import { useWorld } from '../app/world.ts';
import { useWords } from '../i18n/words.ts';
import { useUi } from '../state/ui.ts';
import { Button } from '../ui/Button.tsx';
import { Choice } from '../ui/Choice.tsx';
import { refreshAlerts } from './live.ts';
import { docOf, draftOf, idFor, newRule, type RuleDraft } from './rule.ts';
import { FilterPart, NearPart, Problem, ThresholdPart, WebhookPart, type PartProps } from './RuleParts.tsx';
import { useAlerts } from './store.ts';

interface Props {
  /** '' is a new one. */
  id: string;
  taken: string[];
  webhooks: string[];
}

export function RuleEditor(props: Props) {
  const { say } = useWords();
  const { layers, mission } = useWorld();
  const set = useAlerts((a) => a.set);
  const asked = useQuery({ queryKey: ['alert-rule', props.id], enabled: props.id !== '', queryFn: ({ signal }) => askRule(props.id, signal), staleTime: 0, gcTime: 0 });
  const first = (layers.find((l) => l.collection.id === 'incidents') ?? layers[0])?.collection.id ?? '';
  return (
    <>
      <Button look="link" autoFocus onPress={() => set({ rule: undefined })}>{say('rules.all')}</Button>
      {asked.error && <p className="state bad" role="alert">{asked.error.message || say('state.unreachable')}</p>}
      {props.id === '' ? <RuleForm {...props} start={newRule(first, mission)} /> : asked.data && <RuleForm {...props} start={draftOf(asked.data)} />}
    </>
  );
}

function RuleForm({ id, taken, webhooks, start }: Props & { start: RuleDraft }) {
  const { say } = useWords();
  const [draft, setDraft] = useState(start);
  const change = (patch: Partial<RuleDraft>) => setDraft((d) => ({ ...d, ...patch }));
  const { layers } = useWorld();
  const fields = layers.find((l) => l.collection.id === draft.collection)?.fields ?? [];
  const { form, save, busy, problem } = useSave(id, taken);
  const part: PartProps = { draft, change, fields, problem };
  return (
    <form ref={form} className="rule-form" aria-label={say(id ? 'rules.edit' : 'rules.new')} data-testid="rule-form" noValidate onSubmit={(e) => { e.preventDefault(); void save(docOf(draft, fields)); }}>
      <TextField className="field" value={draft.title} onChange={(title) => change({ title })}><Label>{say('rules.name')}</Label><Input className="input" dir="auto" /></TextField>
      <Problem of={['title']} problem={problem} />
      <Head {...part} />
      <FilterPart {...part} />
      <NearPart {...part} />
      <ThresholdPart {...part} />
      <WebhookPart {...part} names={webhooks} />
      <div className="form-foot">
        <div className="tool-row"><Button look="primary" type="submit" isPending={busy}>{say('rules.save')}</Button></div>
        <Problem of={[]} problem={problem} />
      </div>
    </form>
  );
}

/** Sends the rule; the first field that is not right gets the focus. */
function useSave(id: string, taken: string[]) {
  const { say } = useWords();
  const set = useAlerts((a) => a.set);
  const tell = useUi((u) => u.tell);
  const form = useRef<HTMLFormElement>(null);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<ApiError>();
  const refuse = (e: ApiError) => {
    setProblem(e);
    setTimeout(() => form.current?.querySelector('[data-problem]')?.scrollIntoView({ block: 'center' }), 30);
  };
  const save = async (doc: ReturnType<typeof docOf>) => {
    if (!doc.title) return refuse(new ApiError(400, say('rules.needsName'), { parameter: 'title' }));
    setBusy(true);
    setProblem(undefined);
    try {
      await putRule(id || idFor(doc.title, taken), doc);
      set({ rule: undefined });
      tell(say('rules.saved', { name: doc.title }));
      await refreshAlerts();
    } catch (e) {
      refuse(e instanceof ApiError ? e : new ApiError(0, ''));
    }
    setBusy(false);
  };
  return { form, save, busy, problem };
}

const statuses = ['actual', 'exercise', 'test'];

/** How grave it is, and who sees it. */
function Head({ draft, change, problem }: PartProps) {
  const words = useWords();
  const { say } = words;
  const { missions } = useWorld();
  const session = useSession().data;
  const markings = upTo(session?.ceiling ?? 'unclassified');
  const known = session?.missions;
  const options = missions.filter((m) => !known || known.includes(m.code)).map((m) => ({ id: m.code, label: m.name === m.code ? m.code : `${m.code} · ${m.name}` }));
  return (
    <>
      <Choice label={say('alerts.severity')} value={draft.severity} options={severities.map((s) => ({ id: s, label: words.code('severity', s) }))} onChange={(s) => change({ severity: s as Severity })} />
      <Choice label={say('rules.status')} value={draft.status} options={statuses.map((s) => ({ id: s, label: words.code('status', s) }))} onChange={(status) => change({ status })} />
      {markings.length > 1 && <Choice label={words.field({ name: 'classification', title: '' })} value={draft.classification} options={markings.map((m) => ({ id: m, label: words.code('classification', m) }))} onChange={(classification) => change({ classification })} />}
      {options.length > 0 && <Choice label={words.field({ name: 'mission', title: '' })} value={draft.mission || '*'} options={[{ id: '*', label: say('rules.shared') }, ...options]} onChange={(m) => change({ mission: m === '*' ? '' : m })} />}
      <Problem of={['mission', 'classification', 'body.severity', 'body.status']} problem={problem} />
    </>
  );
}
