// How wide the labels of an axis are: measured, since a quarter takes 40 pixels in one language and 95 in another.
let pen: CanvasRenderingContext2D | null | undefined;

/** The width of a text in the size of axis labels, in pixels; strong ones are wider. A canvas measures it, so that nothing is laid out for it. */
export function labelWidth(text: string, strong = false): number {
  pen ??= document.createElement('canvas').getContext('2d');
  if (!pen) return text.length * 8;
  pen.font = `${strong ? '600 ' : ''}${0.75 * parseFloat(getComputedStyle(document.documentElement).fontSize)}px ${getComputedStyle(document.body).fontFamily}`;
  return pen.measureText(text).width;
}
