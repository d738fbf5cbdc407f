// Whether this browser can draw maps at all.

/** WebGL 2 is what MapLibre needs; without it the page shows tables. */
export const canDraw = (): boolean => document.createElement('canvas').getContext('webgl2') !== null;
