// To the analyses and the saved views; into the edit mode, where the reader may edit; and to the list of changes.
import { useSession } from '../api/session.ts';
import { useWords } from '../i18n/words.ts';
import type { Workspace } from '../state/url.ts';
import { Icon, type IconName } from '../ui/Icon.tsx';
import { Button } from '../ui/Button.tsx';
import { openPanel, useMayEdit, usePanel } from './openPanel.ts';

/** @param workspace as it stands in the row of workspaces; else as a button among others */
export const RoutesButton = (props: { workspace?: boolean }) => <WorkspaceButton panel="routes" icon="route" {...props} />;
export const PlanButton = (props: { workspace?: boolean }) => <WorkspaceButton panel="plan" icon="plan" {...props} />;

function WorkspaceButton({ panel, icon, workspace = false }: { panel: Exclude<Workspace, 'medical'>; icon: IconName; workspace?: boolean }) {
  const { say } = useWords();
  const open = usePanel();
  // The chain of care belongs to planning.
  const on = open === panel || (workspace && panel === 'plan' && open === 'medical');
  const press = () => openPanel(on && !workspace ? 'layers' : panel);
  const name = say(`nav.${panel}`);
  if (workspace) return <button type="button" className="workspace" aria-current={on ? 'page' : undefined} onClick={press}><Icon name={icon} /><span>{name}</span></button>;
  return <Button look="quiet" icon={icon} aria-pressed={on} onPress={press}><span className="wide-label">{name}</span></Button>;
}

export function AnalysesButton() {
  const { say } = useWords();
  const on = usePanel() === 'analyses';
  return <Button look="quiet" icon="analyse" aria-pressed={on} onPress={() => openPanel(on ? 'layers' : 'analyses')}><span className="wide-label">{say('analyses.title')}</span></Button>;
}

export function EditButton() {
  const { say } = useWords();
  const may = useMayEdit();
  const on = usePanel() === 'edit';
  if (!may) return null;
  return <Button look="quiet" icon="edit" aria-pressed={on} onPress={() => openPanel(on ? 'layers' : 'edit')}><span className="wide-label">{say('edit.title')}</span></Button>;
}

export function ImportsButton() {
  const { say } = useWords();
  const may = useMayEdit();
  const on = usePanel() === 'imports';
  if (!may) return null;
  return <Button look="quiet" icon="upload" aria-pressed={on} onPress={() => openPanel(on ? 'layers' : 'imports')}><span className="wide-label">{say('imports.title')}</span></Button>;
}

export function ChangesButton() {
  const { say } = useWords();
  const known = useSession().data?.editable === true;
  const on = usePanel() === 'changes';
  if (!known) return null;
  return <Button look="quiet" icon="clock" aria-pressed={on} onPress={() => openPanel(on ? 'layers' : 'changes')}><span className="wide-label">{say('changes.title')}</span></Button>;
}

export function ViewsButton() {
  const { say } = useWords();
  const on = usePanel() === 'views';
  return <Button look="quiet" icon="bookmark" aria-pressed={on} onPress={() => openPanel(on ? 'layers' : 'views')}><span className="wide-label">{say('views.title')}</span></Button>;
}
