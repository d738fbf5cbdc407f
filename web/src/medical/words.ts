// The chain of care in words.
import type { CareStage, Leg, Mend } from '../api/evacuation.ts';
import type { MessageId } from '../i18n/languages.ts';
import type { Words } from '../i18n/words.ts';
import type { Medical } from '../state/medical.ts';
import { assetOf, isHere, isOut, lastWay, type Verdict } from './figures.ts';

const legIds: Record<string, MessageId> = {
  notify: 'medical.leg.notify', clearance: 'medical.leg.clearance', weather: 'medical.leg.weather', asset_busy: 'medical.leg.busy', notice: 'medical.leg.notice', load: 'medical.leg.load', unload: 'medical.leg.unload',
  carry: 'medical.leg.carry', reload: 'medical.leg.reload', wait_for_next: 'medical.leg.hold', wait_for_lift: 'medical.leg.lift', landing_to_facility: 'medical.leg.transfer', first_aid: 'medical.leg.aid',
};

/** Flights and drives are told by their direction. */
export function legName({ say, code }: Words, leg: Pick<Leg, 'leg' | 'to'>): string {
  if (leg.leg === 'fly') return say(isOut(leg) ? 'medical.leg.flyOut' : 'medical.leg.flyBack');
  if (leg.leg === 'drive') return say(isOut(leg) ? 'medical.leg.driveOut' : 'medical.leg.driveBack');
  const id = legIds[leg.leg];
  return id ? say(id) : code('leg', leg.leg);
}

const place = ({ say }: Words, name: string) => (isHere(name) ? say('medical.here') : name);

/** From where to where, and how far. */
export function legWay(words: Words, { from, to, km }: Leg): string {
  const ends = [from, to].filter(Boolean).map((n) => place(words, n));
  const way = ends.length > 1 ? words.say('medical.leg.way', { from: ends[0] ?? '', to: ends[1] ?? '' }) : (ends[0] ?? '');
  return [way, km !== undefined && words.km(1000 * km)].filter(Boolean).join(' · ');
}

export function assetText({ say, code }: Words, name: string): string {
  const asset = assetOf(name);
  return asset ? say('medical.asset', { type: code('type', asset.type), home: asset.home }) : name;
}

/** 10 min, 1 h, 2 h. */
export const limitText = ({ say, duration, count }: Words, minutes: number): string => (minutes >= 60 && minutes % 60 === 0 ? say('unit.h', { n: count(minutes / 60) }) : duration(minutes));

const careIds: Record<string, MessageId> = { first_aid: 'medical.care.first', advanced_care: 'medical.care.advanced', surgery: 'medical.care.surgery' };
export const careName = ({ say }: Words, stage: string): string => say(careIds[stage] ?? 'medical.care.surgery');

const modeIds: Record<string, MessageId> = { air: 'medical.mode.air', road: 'medical.mode.road', 'road and air': 'medical.mode.mixed', mixed: 'medical.mode.mixed', carried: 'medical.mode.carried' };

/** Who gives it, where, by what, how far and when. */
export function careWhere(words: Words, stage: CareStage, legs: Leg[]): string {
  const { say, km, duration } = words;
  if (stage.minutes === undefined) return say('medical.nobody');
  const way = lastWay(legs);
  const far = way?.km;
  if (stage.stage === 'first_aid') {
    const giver = legs.find((l) => l.from && !isHere(l.from))?.from;
    return giver ? say('medical.aidFrom', { from: giver, time: duration(stage.minutes) }) : say('medical.aidHere', { time: duration(stage.minutes) });
  }
  if (!stage.minutes) return say('medical.onSpot', { facility: stage.facility });
  const mode = modeIds[stage.mode];
  return say('medical.where', { facility: stage.facility, way: [far === undefined ? km(0) : km(1000 * far), mode && say(mode)].filter(Boolean).join(' '), time: duration(stage.minutes) });
}

export function verdictText({ say, duration }: Words, verdict: Verdict, late: number | undefined): string {
  if (verdict === 'met') return say('medical.met');
  return verdict === 'none' ? say('medical.noneComes') : say('medical.late', { time: duration(late ?? 0) });
}

/** Which leg, or which legs of a kind, take most of the time. */
export function limitingText(words: Words, { limiting_kind, kind_legs, kind_min, minutes }: CareStage): string {
  const { say, count } = words;
  if (kind_min === undefined || minutes === undefined || !minutes) return '';
  const told = { n: kind_legs, minutes: count(kind_min), all: count(minutes) };
  if (limiting_kind === 'fly') return say('medical.most.fly', told);
  if (limiting_kind === 'drive') return say('medical.most.drive', told);
  return say('medical.most.other', { leg: legName(words, { leg: limiting_kind, to: '' }), minutes: told.minutes, all: told.all });
}

export function mendText({ say, code, count }: Words, { kind, at, asset, notice_min, notice_now_min, change }: Mend): string {
  const type = asset && code('type', asset);
  switch (kind) {
    case 'short_notice': return say('medical.mend.notice', { type, at, minutes: count(notice_min ?? 0), now: count(notice_now_min ?? 0) });
    case 'further_asset': return say('medical.mend.further', { type, at });
    case 'landing_site': return say('medical.mend.landing');
    case 'by_day': return say('medical.mend.day');
    case 'surgical_module': return say('medical.mend.module', { at });
    case 'level_one': return say('medical.mend.level', { at });
    case 'kept_asset': return say('medical.mend.kept', { type, at });
    default: return change;
  }
}

const bearerIds = { air: 'medical.by.air', road: 'medical.by.road', mixed: 'medical.by.mixed' } as const;
const countIds: Record<string, MessageId> = { places: 'medical.count.places', bases: 'medical.count.bases', incidents: 'medical.count.incidents' };

/** Of what has surgery in time, how many. */
export function coverText(words: Words, { by, night, inputs }: Medical, limit: number, counts: Record<string, { n: number; of: number }>): string {
  const { say, count, list } = words;
  const told = ['places', 'bases', 'incidents'].flatMap((what) => {
    const [id, c] = [countIds[what], counts[what]];
    return id && c ? [say(id, { n: count(c.n), of: count(c.of) })] : [];
  });
  const light = inputs?.at ? 'medical.light.then' : night ? 'medical.light.night' : 'medical.light.day';
  return say('medical.sentence', { limit: limitText(words, limit), by: say(by ? bearerIds[by] : 'medical.by.all'), light: say(light), counts: list(told) });
}
