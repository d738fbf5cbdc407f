// The workspace of the routes: which way between two places, how far one gets, and where on the roads it is dangerous.
import { createPortal } from 'react-dom';
import { useProcess } from '../api/queries.ts';
import { useWords } from '../i18n/words.ts';
import { roadModes, type RoadMode } from '../state/plan.ts';
import { useUi } from '../state/ui.ts';
import { useView } from '../state/view.ts';
import { IconButton } from '../ui/Button.tsx';
import { Segments } from '../ui/Segments.tsx';
import { Conditions } from './Conditions.tsx';
import { Further } from './Further.tsx';
import { Proof } from './Proof.tsx';
import { ReachPart } from './ReachPart.tsx';
import { useProofSlot } from './slot.ts';
import { Stops } from './Stops.tsx';
import { ThreatPart } from './ThreatPart.tsx';
import { Trouble } from './Trouble.tsx';
import { WayList } from './WayList.tsx';

export function RoutesPanel() {
  const { say } = useWords();
  const set = useUi((u) => u.set);
  const mode = useView((v) => v.plan.mode);
  const setPlan = useView((v) => v.setPlan);
  return (
    <div className="routes">
      <div className="section-head">
        <h2 className="panel-title">{say('routes.title')}</h2>
        <IconButton icon="close" label={say('action.close')} onPress={() => set({ panel: 'layers' })} />
      </div>
      <Segments label={say('routes.title')} value={mode} options={roadModes.map((m) => ({ id: m, label: say(`routes.mode.${m}`) }))} onChange={(m) => setPlan({ mode: m as RoadMode })} />
      {mode === 'way' && <WayPart />}
      {mode === 'reach' && <ReachPart />}
      {mode === 'threat' && <ThreatPart />}
    </div>
  );
}

function WayPart() {
  const { say } = useWords();
  const { from, to } = useView((v) => v.plan);
  const slot = useProofSlot((s) => s.element);
  const process = useProcess('route').data;
  return (
    <>
      <Stops />
      <Conditions />
      {process && <Further process={process} />}
      {(!from || !to) && <p className="note">{say(from ? 'routes.needTo' : to ? 'routes.needFrom' : 'routes.need')}</p>}
      <Trouble of={['route', 'front']} />
      <WayList />
      {slot ? createPortal(<Proof />, slot) : <Proof />}
    </>
  );
}
