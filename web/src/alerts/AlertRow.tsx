// One alert in the list: what happened, when and how grave; chosen, its facts, its records, and what can be done.
import { useEffect, useRef, useState } from 'react';
import { Input, Label, TextField } from 'react-aria-components';
import { acknowledge, alertAddress, type Alert, type Delivery } from '../api/alerts.ts';
import { useWords } from '../i18n/words.ts';
import { useMap } from '../map/MapView.tsx';
import { useUi } from '../state/ui.ts';
import { Button } from '../ui/Button.tsx';
import { Icon } from '../ui/Icon.tsx';
import { AlertMark, isSeen } from './AlertMark.tsx';
import { AlertRecords } from './AlertRecords.tsx';
import { flyTo } from './shape.ts';
import { refreshAlerts } from './live.ts';
import { useAlert, useMayWriteRules } from './queries.ts';
import { useAlerts } from './store.ts';
import { agoText, nearText, reachedText } from './words.ts';

interface Props {
  alert: Alert;
  open: boolean;
  now: number;
}

export function AlertRow({ alert, open, now }: Props) {
  const words = useWords();
  const { say } = words;
  const set = useAlerts((a) => a.set);
  const map = useMap((m) => m.map);
  const row = useRef<HTMLLIElement>(null);
  useEffect(() => {
    if (!open) return;
    row.current?.scrollIntoView({ block: 'nearest' });
    if (map) flyTo(map, alert);
  }, [open, map, alert]);
  const at = Date.parse(alert.at);
  const marks = [words.code('severity', alert.severity), say(isSeen(alert) ? 'alerts.seen' : 'alerts.unseen'), alert.status !== 'actual' && words.code('status', alert.status), words.code('classification', alert.classification), alert.mission];
  return (
    <li ref={row} data-alert={alert.id} data-severity={alert.severity} data-seen={isSeen(alert)}>
      <button type="button" className="alert-row" aria-expanded={open} onClick={() => set({ chosen: open ? undefined : alert.id })}>
        <AlertMark severity={alert.severity} seen={isSeen(alert)} />
        <span>
          <b dir="auto">{alert.headline}</b>
          <small><time dateTime={alert.at} title={words.moment(at, true)}>{agoText(words, at, now)}</time> · {marks.filter(Boolean).join(' · ')}</small>
        </span>
      </button>
      {open && <Facts alert={alert} />}
    </li>
  );
}

function Facts({ alert }: { alert: Alert }) {
  const words = useWords();
  const { say } = words;
  const set = useAlerts((a) => a.set);
  const query = useAlerts((a) => a.query);
  const deliveries = useAlert(alert.id).data?.deliveries ?? [];
  const reached = reachedText(words, alert);
  return (
    <div className="alert-facts" data-testid="alert-facts">
      <dl className="facts">
        <div><dt>{say('alerts.rule')}</dt><dd><Button look="link" onPress={() => set({ query: { ...query, rule: alert.rule } })}>{alert.title}</Button></dd></div>
        <div><dt>{say('alerts.committed')}</dt><dd>{words.moment(Date.parse(alert.at), true)} · {say('status.version', { n: words.count(alert.version) })}</dd></div>
        {alert.time && <div><dt>{say('alerts.happened')}</dt><dd>{words.moment(Date.parse(alert.time), true)}</dd></div>}
        {alert.near && <div><dt>{say('alerts.nearest')}</dt><dd>{nearText(words, alert.near)}{alert.near.season_unknown && <> · {say('alerts.seasonUnknown')}</>}</dd></div>}
        {reached && <div><dt>{say('rules.threshold')}</dt><dd>{reached}</dd></div>}
        {alert.acknowledged.map((k) => <div key={k.at + k.by}><dt>{say('alerts.seen')}</dt><dd><bdi>{k.by}</bdi> · {words.moment(Date.parse(k.at))}{k.note && <><br /><q dir="auto">{k.note}</q></>}</dd></div>)}
        {deliveries.map((d) => <div key={d.webhook + d.format} data-delivery={d.state}><dt>{say('alerts.told')}</dt><dd><DeliveryText delivery={d} /></dd></div>)}
      </dl>
      <AlertRecords alert={alert} />
      <div className="tool-row">
        <a className="button quiet" href={`${alertAddress(alert.id)}?f=cap`} download={`${alert.id}.xml`}><Icon name="download" />CAP 1.2</a>
        <a className="button quiet" href={`${alertAddress(alert.id)}?f=geojson`} download={`${alert.id}.geojson`}><Icon name="download" />GeoJSON</a>
      </div>
      <Acknowledge alert={alert} />
    </div>
  );
}

function DeliveryText({ delivery: { webhook, state, tries, next, problem } }: { delivery: Delivery }) {
  const words = useWords();
  const time = next ? words.moment(Date.parse(next)) : '';
  const text = state === 'waiting' && tries > 0 ? words.say('alerts.told.retrying', { n: words.count(tries), time }) : words.say(`alerts.told.${state}`);
  return <><bdi dir="ltr">{webhook}</bdi>: {text}{problem && <><br /><span className="state" dir="auto">{problem}</span></>}</>;
}

function Acknowledge({ alert }: { alert: Alert }) {
  const { say } = useWords();
  const may = useMayWriteRules();
  const [note, setNote] = useState('');
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState('');
  const tell = useUi((u) => u.tell);
  if (!may) return <p className="note">{say('alerts.mayNot')}</p>;
  const go = async () => {
    setBusy(true);
    setProblem('');
    try {
      await acknowledge(alert.id, note);
      setNote('');
      await refreshAlerts();
      tell(say('alerts.acknowledged', { name: alert.title }));
    } catch (e) {
      setProblem((e instanceof Error && e.message) || say('state.unreachable'));
    }
    setBusy(false);
  };
  return (
    <form className="acknowledge" onSubmit={(e) => { e.preventDefault(); void go(); }}>
      <TextField className="field" value={note} onChange={setNote} maxLength={500}><Label>{say('alerts.note')}</Label><Input className="input" dir="auto" /></TextField>
      <Button type="submit" look={isSeen(alert) ? 'line' : 'primary'} isPending={busy}>{say(isSeen(alert) ? 'alerts.addNote' : 'alerts.acknowledge')}</Button>
      {problem && <p className="state bad" role="alert">{problem}</p>}
    </form>
  );
}
