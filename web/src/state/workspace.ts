// The workspace of the routes is a panel of this screen and a part of the link: each follows the other.
import { useUi } from './ui.ts';
import { useView } from './view.ts';

const open = { panel: 'routes', drawer: true, sheet: 'half' } as const;

export function keepWorkspace(): () => void {
  if (useView.getState().workspace === 'routes') useUi.getState().set(open);
  const stops = [
    useUi.subscribe(({ panel }, before) => panel !== before.panel && useView.setState({ workspace: panel === 'routes' ? 'routes' : undefined })),
    useView.subscribe(({ workspace }, before) => {
      if (workspace === before.workspace || (workspace === 'routes') === (useUi.getState().panel === 'routes')) return;
      useUi.getState().set(workspace === 'routes' ? open : { panel: 'layers' });
    }),
  ];
  return () => stops.forEach((stop) => stop());
}
