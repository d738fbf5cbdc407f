// The scale bar: how long it is, for what is drawn.

/** The largest of 1, 2, 5 times a power of ten that fits in so many pixels. */
export function scaleLength(metresPerPixel: number, pixels = 120): number {
  const most = metresPerPixel * pixels;
  const power = 10 ** Math.floor(Math.log10(most));
  return ([5, 2, 1].find((m) => m * power <= most) ?? 1) * power;
}
