// Under which conditions one drives: the vehicle, the season, and what is kept clear of.
import { Checkbox } from 'react-aria-components';
import { areaOf } from '../geo/area.ts';
import { straightened } from '../map/draw.ts';
import { useWords, type Words } from '../i18n/words.ts';
import type { Season } from '../state/plan.ts';
import { useTools } from '../state/tools.ts';
import { useView } from '../state/view.ts';
import { Button, IconButton } from '../ui/Button.tsx';
import { Choice } from '../ui/Choice.tsx';
import { monthOf } from './question.ts';

/** Those that the server has without any document; another one comes by the link. */
const vehicles = ['patrol', 'convoy', 'ambulance'];
const usual = 'convoy';
const months = Array.from({ length: 12 }, (_, i) => i + 1);
const ofBar = 'bar';

export const monthName = ({ language }: Pick<Words, 'language'>, month: number): string => new Intl.DateTimeFormat(language, { month: 'long', timeZone: 'UTC' }).format(Date.UTC(2018, month - 1, 15));

export function Conditions() {
  const words = useWords();
  const { say } = words;
  const { plan, time, setPlan } = useView();
  const { profile, season, hazards } = plan;
  const month = monthOf(time);
  const barText = month ? say('routes.barMonth', { month: monthName(words, month) }) : say('routes.barDry');
  const seasons = [
    { id: ofBar, label: barText },
    ...(['dry', 'wet'] as const).map((s) => ({ id: s, label: say(`routes.${s}`) })),
    ...months.map((m) => ({ id: String(m), label: monthName(words, m) })),
  ];
  const known = profile && !vehicles.includes(profile) ? [...vehicles, profile] : vehicles;
  const chooseSeason = (id: string) => setPlan({ season: id === ofBar ? undefined : id === 'dry' || id === 'wet' ? id : (Number(id) as Season) });
  return (
    <div className="conditions" role="group" aria-label={say('routes.conditions')}>
      <Choice label={say('routes.vehicle')} value={profile ?? usual} options={known.map((v) => ({ id: v, label: words.code('profile', v) }))} onChange={(v) => setPlan({ profile: v === usual ? undefined : v })} />
      <Choice label={say('routes.season')} value={season === undefined ? ofBar : String(season)} options={seasons} onChange={chooseSeason} />
      <Checkbox className="check" isSelected={hazards === true} onChange={(on) => setPlan({ hazards: on || undefined })}><i />{say('routes.hazards')}</Checkbox>
      <Avoided />
    </div>
  );
}

function Avoided() {
  const { say, area } = useWords();
  const avoid = useView((v) => v.plan.avoid);
  const setPlan = useView((v) => v.setPlan);
  const { tool, draft, hold } = useTools();
  const drawing = useTools((t) => t.tool === 'lasso' && t.done !== undefined);
  const draw = () => (drawing ? hold(undefined) : hold('lasso', (ring) => setPlan({ avoid: [...useView.getState().plan.avoid, ring] })));
  return (
    <>
      {avoid.map((ring, i) => (
        <p key={i} className="drawn-area" data-testid="avoided">
          <span>{say('routes.avoided', { n: i + 1, area: area(areaOf(straightened(ring))) })}</span>
          <IconButton icon="bin" label={say('form.remove', { name: say('routes.avoided', { n: i + 1, area: area(areaOf(straightened(ring))) }) })} onPress={() => setPlan({ avoid: avoid.filter((_, at) => at !== i) })} />
        </p>
      ))}
      <div className="tool-row"><Button icon="pencil" aria-pressed={drawing} onPress={draw}>{say('routes.avoid')}</Button></div>
      {drawing && tool && <p className="note" role="status">{say('space.lassoHint', { n: draft.length })}</p>}
    </>
  );
}
