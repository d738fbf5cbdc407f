// The workspace of the routes is a panel of this screen and a part of the link: each follows the other.
import { useUi } from './ui.ts';
import { useView } from './view.ts';

/** On the phone the drawer is the menu. */
const opened = () => ({ panel: 'routes', drawer: !matchMedia('(max-width: 599px)').matches, sheet: 'half' }) as const;

export function keepWorkspace(): () => void {
  if (useView.getState().workspace === 'routes') useUi.getState().set(opened());
  const stops = [
    useUi.subscribe(({ panel }, before) => panel !== before.panel && useView.setState({ workspace: panel === 'routes' ? 'routes' : undefined })),
    useView.subscribe(({ workspace }, before) => {
      if (workspace === before.workspace || (workspace === 'routes') === (useUi.getState().panel === 'routes')) return;
      useUi.getState().set(workspace === 'routes' ? opened() : { panel: 'layers' });
    }),
  ];
  return () => stops.forEach((stop) => stop());
}
