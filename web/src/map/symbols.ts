// Map symbols from vector code: one text names a symbol, and the same drawing serves map, legend, lists and table.
//   base/<kind>/<care 0|1>/<open|closed|temporary>/<picked 0|1>    incident/<harm|found|other>/<0|1|2>
//   dot/<token>   ring/<token>   square/<token>   diamond/<token>   hatch/<token>
import type { TokenName, Tokens } from './tokens.ts';

/** Pixels of canvas for one on the page. */
export const density = 3;
/** Every symbol stands in the middle of a square: labels keep out of it, so it is no larger than the drawing. */
const boxes: Record<string, number> = { base: 26, hatch: 12 };
const smallBox = 18;

type Pen = CanvasRenderingContext2D;
type Draw = (pen: Pen, tokens: Tokens, parts: string[]) => void;

const halo = 1.5;

/** @param read whether its pixels are to be read: then it is drawn in memory, not on the graphics card, which would have to be waited for */
export function drawSymbol(name: string, tokens: Tokens, scale = density, read = false): HTMLCanvasElement {
  const canvas = document.createElement('canvas');
  const [kind = '', ...parts] = name.split('/');
  const box = boxes[kind] ?? smallBox;
  canvas.width = canvas.height = box * scale;
  const pen = canvas.getContext('2d', { willReadFrequently: read });
  if (!pen) return canvas;
  pen.scale(scale, scale);
  pen.translate(box / 2, box / 2);
  (drawings[kind] ?? drawings.dot)?.(pen, tokens, parts);
  return canvas;
}

const drawings: Record<string, Draw> = { base: drawBase, incident: drawIncident, dot: drawDot, ring: drawRing, square: drawSquare, diamond: drawDiamond, hatch: drawHatch };

interface Rank {
  side: number;
  mark: '' | 'XX' | 'X' | 'II' | 'I';
}
const ranks: Record<string, Rank> = {
  mission_hq: { side: 13, mark: 'XX' },
  sector_hq: { side: 12, mark: 'X' },
  battalion: { side: 11, mark: 'II' },
  company: { side: 9.5, mark: 'I' },
  new: { side: 13, mark: '' },
};
const plain: Rank = { side: 8.5, mark: '' };

function drawBase(pen: Pen, tokens: Tokens, [kind = '', care, state, picked]: string[]) {
  const { side, mark } = ranks[kind] ?? plain;
  const ink = picked === '1' ? tokens.accent : tokens['d-base'];
  const half = side / 2;
  pen.lineJoin = 'miter';
  drawMark(pen, mark, half, ink, tokens.surface);
  pen.fillStyle = tokens.surface;
  pen.fillRect(-half - halo, -half - halo, side + 2 * halo, side + 2 * halo);
  if (state === 'open') {
    pen.fillStyle = ink;
    pen.fillRect(-half, -half, side, side);
    if (care === '1') drawCare(pen, side, tokens.surface);
    return;
  }
  pen.strokeStyle = ink;
  pen.lineWidth = 1.5;
  if (state === 'temporary') pen.setLineDash([2.4, 1.8]);
  pen.strokeRect(-half + 0.75, -half + 0.75, side - 1.5, side - 1.5);
  pen.setLineDash([]);
  if (state === 'closed') strokeCross(pen, half - 2.4, 1.4, ink);
  else if (care === '1') drawCare(pen, side, ink);
}

function drawCare(pen: Pen, side: number, colour: string) {
  const [arm, width] = [side * 0.58, Math.max(2, side * 0.2)];
  pen.fillStyle = colour;
  pen.fillRect(-arm / 2, -width / 2, arm, width);
  pen.fillRect(-width / 2, -arm / 2, width, arm);
}

/** Echelon above the square: strokes for battalion and company, crosses for headquarters. */
function drawMark(pen: Pen, mark: Rank['mark'], half: number, ink: string, surface: string) {
  const y = -half - 4;
  const offsets = mark.length === 2 ? [-2.7, 2.7] : [0];
  const stroke = (x: number) => {
    pen.beginPath();
    if (mark.startsWith('X')) {
      pen.moveTo(x - 1.7, y - 1.7);
      pen.lineTo(x + 1.7, y + 1.7);
      pen.moveTo(x + 1.7, y - 1.7);
      pen.lineTo(x - 1.7, y + 1.7);
    } else {
      pen.moveTo(x, y - 1.8);
      pen.lineTo(x, y + 1.8);
    }
    pen.stroke();
  };
  if (!mark) return;
  for (const [colour, width] of [[surface, 3.6], [ink, 1.4]] as const) {
    pen.strokeStyle = colour;
    pen.lineWidth = width;
    offsets.forEach(stroke);
  }
}

function strokeCross(pen: Pen, arm: number, width: number, colour: string) {
  pen.strokeStyle = colour;
  pen.lineWidth = width;
  pen.beginPath();
  pen.moveTo(-arm, -arm);
  pen.lineTo(arm, arm);
  pen.moveTo(arm, -arm);
  pen.lineTo(-arm, arm);
  pen.stroke();
}

function drawIncident(pen: Pen, tokens: Tokens, [outcome, size]: string[]) {
  const r = [4, 5.4, 7][Number(size)] ?? 4;
  if (outcome === 'harm') return drawTriangle(pen, r, tokens['d-harm'], tokens.surface);
  if (outcome === 'found') return strokeRing(pen, r * 0.8, tokens['d-found'], tokens.surface);
  strokeCross(pen, r * 0.68, 4, tokens.surface);
  strokeCross(pen, r * 0.68, 1.6, tokens['d-other']);
}

function drawTriangle(pen: Pen, r: number, fill: string, surface: string) {
  pen.beginPath();
  pen.moveTo(0, -r);
  pen.lineTo(r, r * 0.8);
  pen.lineTo(-r, r * 0.8);
  pen.closePath();
  pen.lineJoin = 'round';
  pen.strokeStyle = surface;
  pen.lineWidth = 2 * halo;
  pen.stroke();
  pen.fillStyle = fill;
  pen.fill();
}

function strokeRing(pen: Pen, r: number, colour: string, surface: string) {
  pen.beginPath();
  pen.arc(0, 0, r, 0, 2 * Math.PI);
  pen.fillStyle = surface;
  pen.strokeStyle = surface;
  pen.lineWidth = 4.4;
  pen.stroke();
  pen.fill();
  pen.strokeStyle = colour;
  pen.lineWidth = 1.7;
  pen.stroke();
}

const colourOf = (tokens: Tokens, name: string | undefined) => tokens[(name ?? 'd-other') as TokenName] ?? tokens['d-other'];

function drawDot(pen: Pen, tokens: Tokens, [colour]: string[]) {
  pen.beginPath();
  pen.arc(0, 0, 3.4, 0, 2 * Math.PI);
  pen.strokeStyle = tokens.surface;
  pen.lineWidth = 2.4;
  pen.stroke();
  pen.fillStyle = colourOf(tokens, colour);
  pen.fill();
}

function drawRing(pen: Pen, tokens: Tokens, [colour]: string[]) {
  pen.beginPath();
  pen.arc(0, 0, 3, 0, 2 * Math.PI);
  pen.fillStyle = tokens['map-halo'];
  pen.fill();
  pen.strokeStyle = colourOf(tokens, colour);
  pen.lineWidth = 1.2;
  pen.stroke();
}

function drawSquare(pen: Pen, tokens: Tokens, [colour]: string[]) {
  pen.fillStyle = tokens.surface;
  pen.fillRect(-4.5, -4.5, 9, 9);
  pen.fillStyle = colourOf(tokens, colour);
  pen.fillRect(-3.3, -3.3, 6.6, 6.6);
}

function drawDiamond(pen: Pen, tokens: Tokens, parts: string[]) {
  pen.rotate(Math.PI / 4);
  drawSquare(pen, tokens, parts);
}

/** Strokes that go on from one tile to the next. */
function drawHatch(pen: Pen, tokens: Tokens, [colour]: string[]) {
  pen.strokeStyle = colourOf(tokens, colour);
  pen.lineWidth = 1;
  pen.beginPath();
  for (const shift of [-12, 0, 12]) {
    pen.moveTo(-12 + shift, 12);
    pen.lineTo(12 + shift, -12);
  }
  pen.stroke();
}
