// The rules: what each looks for, whether it is asked, and why not where it is broken; the form for those who may write them.
import { useState } from 'react';
import { askRule, putRule, removeRule, type Rule } from '../api/alerts.ts';
import { useWords } from '../i18n/words.ts';
import { useUi } from '../state/ui.ts';
import { Button } from '../ui/Button.tsx';
import { Icon } from '../ui/Icon.tsx';
import { AlertMark } from './AlertMark.tsx';
import { refreshAlerts } from './live.ts';
import { useMayWriteRules, useRules } from './queries.ts';
import { RuleEditor } from './RuleEditor.tsx';
import { useAlerts } from './store.ts';

export function RulesPart() {
  const { say } = useWords();
  const { rule, set } = useAlerts();
  const asked = useRules();
  const may = useMayWriteRules();
  if (asked.error) return <p className="state bad" role="alert">{asked.error.message || say('state.unreachable')} <Button look="link" onPress={() => void asked.refetch()}>{say('state.tryAgain')}</Button></p>;
  if (!asked.data) return <div className="skeleton" role="status" aria-label={say('state.loading')}><i /><i /><i /></div>;
  const { rules, webhooks } = asked.data;
  if (rule !== undefined && may) return <RuleEditor key={rule} id={rule} taken={rules.map((r) => r.id)} webhooks={webhooks} />;
  return (
    <>
      <p className="note">{say('rules.about')}</p>
      {may ? <div className="tool-row"><Button icon="plus" onPress={() => set({ rule: '' })}>{say('rules.new')}</Button></div> : <p className="note">{say('rules.mayNot')}</p>}
      {!rules.length && <p className="state">{say('rules.none')}</p>}
      <ul className="rule-list" data-testid="rules">{rules.map((r) => <RuleRow key={r.id} rule={r} may={may} />)}</ul>
    </>
  );
}

function RuleRow({ rule, may }: { rule: Rule; may: boolean }) {
  const words = useWords();
  const { say } = words;
  const { query, set } = useAlerts();
  const state = rule.broken ? 'broken' : rule.active ? 'active' : 'disabled';
  const facts = [say(`rules.state.${state}`), rule.collection && words.collection({ id: rule.collection, title: '' }), words.code('classification', rule.classification), rule.mission ?? say('rules.shared')];
  return (
    <li data-rule={rule.id} data-state={state}>
      <div className="layer-head">
        {rule.severity && <AlertMark severity={rule.severity} seen={!rule.active} />}
        <h3 className="layer-name" dir="auto">{rule.title || rule.id}</h3>
        {rule.severity && <small>{words.code('severity', rule.severity)}</small>}
      </div>
      <p className="note">{facts.filter(Boolean).join(' · ')}</p>
      {rule.broken && <p className="state bad" role="status"><Icon name="warning" /> {rule.broken.parameter && <code>{rule.broken.parameter.replace(/^body\./, '')}</code>} {rule.broken.detail}</p>}
      <div className="history-acts">
        <Button look="link" onPress={() => set({ part: 'list', chosen: undefined, query: { ...query, rule: rule.id, state: undefined } })}>{say('rules.itsAlerts')}</Button>
        {may && <RuleActs rule={rule} />}
      </div>
    </li>
  );
}

function RuleActs({ rule }: { rule: Rule }) {
  const { say } = useWords();
  const set = useAlerts((a) => a.set);
  const tell = useUi((u) => u.tell);
  const [asking, setAsking] = useState(false);
  const [problem, setProblem] = useState('');
  const name = rule.title || rule.id;
  const act = async (how: () => Promise<void>, done: string) => {
    setProblem('');
    try {
      await how();
      tell(done);
    } catch (e) {
      setProblem((e instanceof Error && e.message) || say('state.unreachable'));
    }
    await refreshAlerts();
  };
  const flip = () => act(async () => {
    const doc = await askRule(rule.id);
    await putRule(rule.id, { ...doc, body: { ...doc.body, active: !rule.active } });
  }, say(rule.active ? 'rules.isDisabled' : 'rules.isEnabled', { name }));
  if (asking) {
    return (
      <span role="alert">{say('rules.removeAsk', { name })} <Button look="link" autoFocus onPress={() => void act(() => removeRule(rule.id), say('rules.removed', { name }))}>{say('rules.remove')}</Button> <Button look="link" onPress={() => setAsking(false)}>{say('action.cancel')}</Button></span>
    );
  }
  return (
    <>
      <Button look="link" onPress={() => set({ rule: rule.id })}>{say('rules.edit')}</Button>
      <Button look="link" onPress={() => void flip()}>{say(rule.active ? 'rules.disable' : 'rules.enable')}</Button>
      <Button look="link" onPress={() => setAsking(true)}>{say('rules.remove')}</Button>
      {problem && <p className="state bad" role="alert">{problem}</p>}
    </>
  );
}
