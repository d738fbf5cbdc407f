// What a section of road tells of its threat, in words.
import type { Outcome } from '../api/execution.ts';
import type { Shapes } from '../panels/result.ts';
import type { Words } from '../i18n/words.ts';

/** A layer of the process route-threat. */
export const isSection = ({ id, fields }: Shapes): boolean => id === 'sections' && fields.some((f) => f.name === 'relative');

const numberOf = (v: unknown) => (typeof v === 'number' ? v : undefined);

/** Without movements there is no rate by km driven, and no probability. */
export function isRelative({ result }: Outcome): boolean {
  const { exposure } = result as { exposure?: { movements?: unknown; driven_km?: unknown } };
  return !numberOf(exposure?.driven_km);
}

/** The rate that the ranking is by, with its interval: by 1,000 km driven where that is known, else how it compares. */
export function rateText({ say, count }: Words, section: Record<string, unknown>): string {
  const name = numberOf(section.per_1000_km) === undefined ? 'relative' : 'per_1000_km';
  const [rate, low, high] = [name, `${name}_lower`, `${name}_upper`].map((field) => numberOf(section[field]));
  if (rate === undefined) return say('routes.noRisk');
  const values = { n: count(rate, 1), low: count(low ?? 0, 1), high: count(high ?? 0, 1) };
  return say(name === 'relative' ? 'routes.rateRelative' : 'routes.rateDriven', values);
}

/** "38 incidents on 21 km". */
export const basisText = ({ say, count, km }: Words, section: Record<string, unknown>): string =>
  say('routes.basis', { n: count(numberOf(section.incidents) ?? 0), km: km((numberOf(section.length_km) ?? 0) * 1000) });
