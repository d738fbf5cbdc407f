// The convoy sheet from wherever a way is shown.
import type { Outcome } from '../api/execution.ts';
import { saveFile } from '../ui/saveFile.ts';
import { useUi } from '../state/ui.ts';
import { letterOf } from './convoy.ts';
import { gpxOf } from './gpx.ts';

/** Opens the sheet of one way of an answer of the analysis route; ways count from 1. Its letter is that by which the page calls it. */
export const openConvoy = (outcome: Outcome, way: number, letter = letterOf(way)) => useUi.getState().set({ print: true, paper: 'convoy', convoy: { outcome, way, letter }, drawer: false });

/** Saves one way as a file for a handset. Its marking goes with it. */
export function saveGpx({ result, marking }: Outcome, way: number) {
  const name = ['route', letterOf(way), ...(marking && marking !== 'unclassified' ? [marking] : [])].join('-');
  saveFile(`${name}.gpx`, 'application/gpx+xml', gpxOf(String(result.gpx), way));
}
