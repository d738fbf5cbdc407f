// What the server says of its analyses in English alone, in the language of the page: by the English text, so that one that was reworded is English until it is translated anew.
import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import type { Process } from '../api/shapes.ts';
import { useWords } from './words.ts';

type Help = Record<string, string>;

/** A file a language but English, which is loaded when an analysis is first looked at. */
const files = import.meta.glob<{ default: Help }>('./help/*.json');
const none: Help = {};

export function useHelp(wanted = true): Help {
  const { language } = useWords();
  const open = files[`./help/${language}.json`];
  return useQuery({ queryKey: ['messages', 'help', language], enabled: wanted && open !== undefined, staleTime: Infinity, queryFn: async () => (await open?.())?.default ?? none }).data ?? none;
}

/** The process with its description, and all that it says of what it gives, in the language of the page. */
export function useTranslated<P extends Process | undefined>(process: P): P {
  const help = useHelp();
  return useMemo(() => (process ? translated(process, help) : process) as P, [process, help]);
}

export const textIn = (help: Help, text: string): string => help[text] ?? text;

export const translated = (process: Process, help: Help): Process => ({
  ...process,
  description: textIn(help, process.description),
  outputs: within(help, process.outputs) as Process['outputs'],
});

/** Titles and descriptions at any depth of a schema. A property may be called so, too; then it is no text. */
function within(help: Help, part: unknown): unknown {
  if (Array.isArray(part)) return part.map((p) => within(help, p));
  if (typeof part !== 'object' || part === null) return part;
  return Object.fromEntries(Object.entries(part).map(([key, value]) => [key, (key === 'title' || key === 'description') && typeof value === 'string' ? textIn(help, value) : within(help, value)]));
}
