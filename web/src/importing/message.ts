// The sentence of an error, for people.
import type { Words } from '../i18n/words.ts';

export const messageOf = (e: unknown, say: Words['say']): string => (e instanceof Error && e.message ? e.message : say('state.unreachable'));
