// Alerts, newest first, and the rules that raise them.
import { useState } from 'react';
import { Checkbox, CheckboxGroup, Label } from 'react-aria-components';
import { alertsAddress, severities, type Severity } from '../api/alerts.ts';
import { useWords } from '../i18n/words.ts';
import { useUi } from '../state/ui.ts';
import { Button, IconButton } from '../ui/Button.tsx';
import { Choice } from '../ui/Choice.tsx';
import { Icon } from '../ui/Icon.tsx';
import { Segments } from '../ui/Segments.tsx';
import { AlertMark } from './AlertMark.tsx';
import { AlertRow } from './AlertRow.tsx';
import { useAlertList, useMayWriteRules } from './queries.ts';
import { RulesPart } from './RulesPart.tsx';
import { useAlerts } from './store.ts';

export function AlertsPanel() {
  const { say } = useWords();
  const close = useUi((u) => u.set);
  const { part, set } = useAlerts();
  return (
    <>
      <div className="section-head">
        <h2 className="panel-title">{say('alerts.title')}</h2>
        <IconButton icon="close" label={say('action.close')} onPress={() => close({ panel: 'layers' })} />
      </div>
      <div className="alert-parts"><Segments label={say('alerts.parts')} options={[{ id: 'list', label: say('alerts.raised') }, { id: 'rules', label: say('rules.title') }]} value={part} onChange={(id) => set({ part: id === 'rules' ? 'rules' : 'list' })} /></div>
      {part === 'list' ? <ListPart /> : <RulesPart />}
    </>
  );
}

function ListPart() {
  return <><AlertFilters /><List /></>;
}

const states = ['new', 'acknowledged', 'all'] as const;

function AlertFilters() {
  const words = useWords();
  const { say } = words;
  const { query, set } = useAlerts();
  const may = useMayWriteRules();
  const change = (patch: Partial<typeof query>) => set({ query: { ...query, ...patch }, chosen: undefined });
  return (
    <div className="alert-filters">
      <Choice label={say('alerts.state')} value={query.state ?? 'all'} options={states.map((id) => ({ id, label: say(`alerts.state.${id}`) }))} onChange={(id) => change({ state: id === 'new' || id === 'acknowledged' ? id : undefined })} />
      <CheckboxGroup className="field" value={query.severity} onChange={(list) => change({ severity: severities.filter((s) => list.includes(s)) })}>
        <Label>{say('alerts.severity')}</Label>
        <div className="severities">
          {[...severities].reverse().map((s: Severity) => <Checkbox key={s} value={s} className="check"><i /><AlertMark severity={s} seen={false} />{words.code('severity', s)}</Checkbox>)}
        </div>
      </CheckboxGroup>
      {may && <Checkbox className="check" isSelected={query.undelivered} onChange={(undelivered) => change({ undelivered })}><i />{say('alerts.undelivered')}</Checkbox>}
      {query.rule && <p className="chip"><span className="chip-text">{say('alerts.ofRule', { name: query.rule })}</span><IconButton icon="close" label={say('filters.remove', { name: query.rule })} onPress={() => change({ rule: undefined })} /></p>}
    </div>
  );
}

function List() {
  const { say } = useWords();
  const asked = useAlertList();
  const { query, chosen } = useAlerts();
  const [now] = useState(() => Date.now());
  if (asked.error) return <p className="state bad" role="alert">{asked.error.message || say('state.unreachable')} <Button look="link" onPress={() => void asked.refetch()}>{say('state.tryAgain')}</Button></p>;
  if (!asked.data) return <div className="skeleton" role="status" aria-label={say('state.loading')}><i /><i /><i /></div>;
  const list = asked.data.pages.flatMap((p) => p.list);
  const [first] = asked.data.pages;
  if (!list.length) return <p className="note" role="status">{first?.note || say('alerts.none')}</p>;
  return (
    <>
      <div className="alert-head">
        <p className="note" role="status">{say('alerts.count', { n: first?.matched ?? 0 })}</p>
        <a className="button quiet" href={alertsAddress(query, 1000)} download="alerts.geojson"><Icon name="download" />GeoJSON</a>
      </div>
      <ol className="alert-list" data-testid="alerts">{list.map((a) => <AlertRow key={a.id} alert={a} open={a.id === chosen} now={now} />)}</ol>
      {asked.hasNextPage && <Button isPending={asked.isFetchingNextPage} onPress={() => void asked.fetchNextPage()}>{say('table.more')}</Button>}
    </>
  );
}
