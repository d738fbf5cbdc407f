// Colours come from the style sheet's custom properties, read when they are needed, so that one switch of theme restyles the map.
const names = [
  'accent', 'surface', 'ink', 'ink-3', 'ok', 'warn', 'bad', 'map-land', 'map-outside', 'map-water', 'map-border', 'map-admin', 'map-grid',
  'map-road', 'map-road-main', 'map-road-case', 'map-label', 'map-label-2', 'map-halo',
  'seq-1', 'seq-2', 'seq-3', 'seq-4', 'seq-5',
  'd-harm', 'd-found', 'd-other', 'd-base', 'd-medical', 'd-hazard', 'd-corridor', 'reach-1', 'reach-2', 'reach-3', 'reach-4', 'reach-fail',
  'loss-2', 'loss-1', 'gain-1', 'gain-2',
  'route-a', 'route-b', 'route-c',
  'div-n3', 'div-n2', 'div-n1', 'div-0', 'div-p1', 'div-p2', 'div-p3',
] as const;

export type TokenName = (typeof names)[number];
export type Tokens = Record<TokenName, string>;

export function readTokens(): Tokens {
  const style = getComputedStyle(document.documentElement);
  return Object.fromEntries(names.map((name) => [name, style.getPropertyValue(`--${name}`).trim()])) as Tokens;
}
