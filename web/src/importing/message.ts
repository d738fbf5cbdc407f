// The sentence of an error, for people.
import { ApiError } from '../api/client.ts';
import type { Words } from '../i18n/words.ts';

export const messageOf = (e: unknown, { say, warning }: Pick<Words, 'say' | 'warning'>): string =>
  e instanceof ApiError && e.said ? warning(e.said) : e instanceof Error && e.message ? e.message : say('state.unreachable');
