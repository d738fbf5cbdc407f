// Paints a laid-out sheet onto a canvas: its words, symbols, lines and hatches where the browser set them, in every script.
// The sheet holds no more than that, so that the picture is the sheet.

type Pen = CanvasRenderingContext2D;

/** @param scale pixels of the picture for one of the page */
export function paintSheet(sheet: HTMLElement, scale: number): HTMLCanvasElement {
  const canvas = document.createElement('canvas');
  const frame = sheet.getBoundingClientRect();
  [canvas.width, canvas.height] = [Math.round(frame.width * scale), Math.round(frame.height * scale)];
  const pen = canvas.getContext('2d');
  if (!pen) return canvas;
  pen.scale(scale, scale);
  pen.fillStyle = getComputedStyle(sheet).backgroundColor;
  pen.fillRect(0, 0, frame.width, frame.height);
  pen.translate(-frame.left, -frame.top);
  paintNode(pen, sheet);
  return canvas;
}

function paintNode(pen: Pen, node: Node) {
  if (node instanceof Text) return paintText(pen, node);
  if (!(node instanceof Element)) return;
  const style = getComputedStyle(node);
  if (style.display === 'none' || style.visibility === 'hidden' || style.clipPath === 'inset(50%)') return;
  const box = node.getBoundingClientRect();
  if (node instanceof HTMLCanvasElement) return void (node.width > 0 && pen.drawImage(node, box.left, box.top, box.width, box.height));
  if (node instanceof SVGElement) return paintLines(pen, node);
  paintBox(pen, box, style);
  const cut = style.overflowX === 'hidden';
  if (cut) {
    pen.save();
    pen.beginPath();
    pen.rect(box.left, box.top, box.width, box.height);
    pen.clip();
  }
  node.childNodes.forEach((child) => paintNode(pen, child));
  if (cut) pen.restore();
}

const clear = /^(rgba\(0, 0, 0, 0\)|transparent)$/;

function paintBox(pen: Pen, box: DOMRect, style: CSSStyleDeclaration) {
  if (!clear.test(style.backgroundColor)) {
    pen.fillStyle = style.backgroundColor;
    pen.fillRect(box.left, box.top, box.width, box.height);
  }
  if (style.backgroundImage.startsWith('repeating-linear-gradient')) paintHatch(pen, box, style.borderTopColor);
  const edges = [
    ['Top', box.left, box.top, box.right, box.top], ['Bottom', box.left, box.bottom, box.right, box.bottom],
    ['Left', box.left, box.top, box.left, box.bottom], ['Right', box.right, box.top, box.right, box.bottom],
  ] as const;
  for (const [side, x1, y1, x2, y2] of edges) {
    const width = parseFloat(style[`border${side}Width`]);
    if (!width || style[`border${side}Style`] === 'none') continue;
    // A border lies inside its box.
    const [dx, dy] = [side === 'Left' ? width / 2 : side === 'Right' ? -width / 2 : 0, side === 'Top' ? width / 2 : side === 'Bottom' ? -width / 2 : 0];
    stroke(pen, style[`border${side}Color`], width, [x1 + dx, y1 + dy, x2 + dx, y2 + dy]);
  }
}

function stroke(pen: Pen, colour: string, width: number, [x1, y1, x2, y2]: [number, number, number, number], dash: number[] = []) {
  pen.strokeStyle = colour;
  pen.lineWidth = width;
  pen.setLineDash(dash);
  pen.beginPath();
  pen.moveTo(x1, y1);
  pen.lineTo(x2, y2);
  pen.stroke();
  pen.setLineDash([]);
}

function paintHatch(pen: Pen, box: DOMRect, colour: string) {
  pen.save();
  pen.beginPath();
  pen.rect(box.left, box.top, box.width, box.height);
  pen.clip();
  for (let x = box.left - box.height; x < box.right; x += 4) stroke(pen, colour, 1, [x, box.bottom, x + box.height, box.top]);
  pen.restore();
}

/** The line samples of a legend, and the marks that are paths. */
function paintLines(pen: Pen, svg: SVGElement) {
  for (const line of svg.querySelectorAll('line')) {
    const [box, style] = [svg.getBoundingClientRect(), getComputedStyle(line)];
    const at = (name: string) => Number(line.getAttribute(name));
    const dash = style.strokeDasharray === 'none' ? [] : style.strokeDasharray.split(',').map(parseFloat);
    stroke(pen, style.stroke, parseFloat(style.strokeWidth), [box.left + at('x1'), box.top + at('y1'), box.left + at('x2'), box.top + at('y2')], dash);
  }
  for (const path of svg.querySelectorAll('path')) paintPath(pen, path);
}

function paintPath(pen: Pen, path: SVGPathElement) {
  const [style, place] = [getComputedStyle(path), path.getScreenCTM()];
  const shape = new Path2D(path.getAttribute('d') ?? '');
  if (!place) return;
  pen.save();
  pen.transform(place.a, place.b, place.c, place.d, place.e, place.f);
  pen.lineWidth = parseFloat(style.strokeWidth) || 0;
  if (style.strokeDasharray !== 'none') pen.setLineDash(style.strokeDasharray.split(',').map(parseFloat));
  [pen.fillStyle, pen.strokeStyle] = [style.fill, style.stroke];
  if (style.fill !== 'none') pen.fill(shape);
  if (style.stroke !== 'none') pen.stroke(shape);
  pen.restore();
}

function paintText(pen: Pen, text: Text) {
  const parent = text.parentElement;
  if (!parent || !text.data.trim()) return;
  const style = getComputedStyle(parent);
  pen.font = `${style.fontWeight} ${style.fontSize} ${style.fontFamily}`;
  pen.fillStyle = style.color;
  pen.direction = style.direction === 'rtl' ? 'rtl' : 'ltr';
  pen.textAlign = 'left';
  pen.textBaseline = 'alphabetic';
  pen.letterSpacing = style.letterSpacing === 'normal' ? '0px' : style.letterSpacing;
  for (const { words, box } of linesOf(text)) {
    const shown = style.textTransform === 'uppercase' ? words.toUpperCase() : words;
    const { fontBoundingBoxAscent: up, fontBoundingBoxDescent: down } = pen.measureText(shown);
    pen.fillText(shown, box.left, box.top + (box.height - up - down) / 2 + up);
  }
}

interface Line {
  words: string;
  box: DOMRect;
}

/** A text as the browser broke it into lines. */
function linesOf(text: Text): Line[] {
  const range = document.createRange();
  const starts: number[] = [];
  let level = -Infinity;
  for (let i = 0; i < text.length; i++) {
    range.setStart(text, i);
    range.setEnd(text, i + 1);
    const box = range.getClientRects()[0];
    if (!box || box.width === 0) continue;
    if (box.top > level + 2) starts.push(i);
    level = Math.max(level, box.top);
  }
  return starts.map((from, i) => {
    range.setStart(text, from);
    range.setEnd(text, starts[i + 1] ?? text.length);
    return { words: range.toString().replace(/[ \n\t]+/g, ' ').trimEnd(), box: range.getBoundingClientRect() };
  });
}

/** Saves a canvas as a PNG file of this name. */
export async function savePng(canvas: HTMLCanvasElement, name: string): Promise<void> {
  const blob = await new Promise<Blob | null>((done) => canvas.toBlob(done, 'image/png'));
  if (!blob) throw new Error('export: the picture is too large for this browser');
  const link = document.createElement('a');
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}

/** A file name of a title: letters and digits of any script, hyphens between. */
export const fileName = (title: string): string => `${title.normalize('NFC').replace(/[^\p{L}\p{N}]+/gu, '-').replace(/^-|-$/g, '').slice(0, 80) || 'map'}.png`;
