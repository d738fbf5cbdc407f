// The workspaces beside the map are panels of this screen and a part of the link: each follows the other.
import { useUi, type Panel } from './ui.ts';
import type { Workspace } from './url.ts';
import { useView } from './view.ts';

/** On the phone the drawer is the menu. */
const opened = (panel: Workspace) => ({ panel, drawer: !matchMedia('(max-width: 599px)').matches, sheet: 'half' }) as const;

/** The workspace that a panel is; undefined: the map with its layers, whose panel it is. */
export const workspaceOf = (panel: Panel): Workspace | undefined => (panel === 'plan' || panel === 'routes' || panel === 'medical' ? panel : undefined);

export function keepWorkspace(): () => void {
  const { workspace: first } = useView.getState();
  if (first) useUi.getState().set(opened(first));
  const stops = [
    useUi.subscribe(({ panel }, before) => panel !== before.panel && useView.setState({ workspace: workspaceOf(panel) })),
    useView.subscribe(({ workspace }, before) => {
      if (workspace === before.workspace || workspace === workspaceOf(useUi.getState().panel)) return;
      useUi.getState().set(workspace ? opened(workspace) : { panel: 'layers' });
    }),
  ];
  return () => stops.forEach((stop) => stop());
}
