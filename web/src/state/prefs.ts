// What a reader chose for this browser: theme, language, how coordinates are written. Never part of a link.
import { create } from 'zustand';
import type { Digits } from '../i18n/languages.ts';
import { coordFormats, type CoordFormat } from '../geo/coords.ts';

export type Theme = 'light' | 'dark';

export interface Prefs {
  theme: Theme;
  coords: CoordFormat;
  language?: string;
  digits: Digits;
  setTheme(theme: Theme): void;
  setCoords(coords: CoordFormat): void;
  setLanguage(language: string): void;
  setDigits(digits: Digits): void;
}

/** Storage may be refused (private windows): then a choice lasts until the page is left. */
function stored(name: string): string | undefined {
  try {
    return localStorage.getItem(`bivouac.${name}`) ?? undefined;
  } catch {
    return undefined;
  }
}

function store(name: string, value: string) {
  try {
    localStorage.setItem(`bivouac.${name}`, value);
  } catch {
    // refused: nothing to do
  }
}

function firstTheme(): Theme {
  const chosen = stored('theme');
  if (chosen === 'light' || chosen === 'dark') return chosen;
  return matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light';
}

export const usePrefs = create<Prefs>()((set) => ({
  theme: firstTheme(),
  coords: coordFormats.find((f) => f === stored('coords')) ?? 'mgrs',
  language: stored('language'),
  digits: stored('digits') === 'own' ? 'own' : 'european',
  setTheme: (theme) => {
    store('theme', theme);
    document.documentElement.dataset.theme = theme;
    set({ theme });
  },
  setCoords: (coords) => {
    store('coords', coords);
    set({ coords });
  },
  setDigits: (digits) => {
    store('digits', digits);
    set({ digits });
  },
  setLanguage: (language) => {
    store('language', language);
    set({ language });
  },
}));
