// Geodesics on WGS 84: distance and bearings between two places, and the way on from one (Vincenty 1975). Longitude before latitude.
import type { Position } from 'geojson';

const a = 6378137;
const f = 1 / 298.257223563;
const b = a * (1 - f);
const rad = Math.PI / 180;

/** A place as it is drawn and kept: longitude, latitude, in degrees. */
export type Place = [lon: number, lat: number];
export const placeOf = ([lon = 0, lat = 0]: Position): Place => [lon, lat];

export interface Inverse {
  metres: number;
  /** Degrees clockwise from north at the first place, from 0 to 360. */
  bearing: number;
}

/** East of zero by less than half a turn either way. */
export const turned = (degrees: number): number => degrees - 360 * Math.round(degrees / 360);

/** Vincenty's series in the square of the second eccentricity times the cosine of the azimuth at the equator. */
function series(cosSqAlpha: number) {
  const u = (cosSqAlpha * (a * a - b * b)) / (b * b);
  return {
    A: 1 + (u / 16384) * (4096 + u * (-768 + u * (320 - 175 * u))),
    B: (u / 1024) * (256 + u * (-128 + u * (74 - 47 * u))),
    C: (f / 16) * cosSqAlpha * (4 + f * (4 - 3 * cosSqAlpha)),
  };
}

const bend = (B: number, sinS: number, cosS: number, mid: number) =>
  B * sinS * (mid + (B / 4) * (cosS * (2 * mid * mid - 1) - (B / 6) * mid * (4 * sinS * sinS - 3) * (4 * mid * mid - 3)));

/** Undefined where the series does not settle: for places that lie nearly opposite each other. */
function settled([lon1, lat1]: Place, [lon2, lat2]: Place): Inverse | undefined {
  const L = turned(lon2 - lon1) * rad;
  const [u1, u2] = [Math.atan((1 - f) * Math.tan(lat1 * rad)), Math.atan((1 - f) * Math.tan(lat2 * rad))];
  const [s1, c1, s2, c2] = [Math.sin(u1), Math.cos(u1), Math.sin(u2), Math.cos(u2)];
  let lambda = L;
  for (let i = 0; i < 60; i++) {
    const [sinL, cosL] = [Math.sin(lambda), Math.cos(lambda)];
    const sinS = Math.hypot(c2 * sinL, c1 * s2 - s1 * c2 * cosL);
    if (sinS === 0) return { metres: 0, bearing: 0 };
    const cosS = s1 * s2 + c1 * c2 * cosL;
    const sigma = Math.atan2(sinS, cosS);
    const sinAlpha = (c1 * c2 * sinL) / sinS;
    const cosSq = 1 - sinAlpha * sinAlpha;
    const mid = cosSq > 1e-14 ? cosS - (2 * s1 * s2) / cosSq : 0;
    const { A, B, C } = series(cosSq);
    const next = L + (1 - C) * f * sinAlpha * (sigma + C * sinS * (mid + C * cosS * (2 * mid * mid - 1)));
    if (Math.abs(next) > Math.PI) return undefined;
    if (Math.abs(next - lambda) < 1e-13) {
      const bearing = Math.atan2(c2 * sinL, c1 * s2 - s1 * c2 * cosL) / rad;
      return { metres: b * A * (sigma - bend(B, sinS, cosS, mid)), bearing: (bearing + 360) % 360 };
    }
    lambda = next;
  }
  return undefined;
}

/** Within a millimetre. */
export function inverse(from: Place, to: Place): Inverse {
  return settled(from, to) ?? opposite(from, to);
}

export const distance = (from: Place, to: Place): number => inverse(from, to).metres;

/** A unit vector of a place taken on the sphere, and the place of a vector. */
const vector = ([lon, lat]: Place) => [Math.cos(lat * rad) * Math.cos(lon * rad), Math.cos(lat * rad) * Math.sin(lon * rad), Math.sin(lat * rad)] as const;
const ofVector = (x: number, y: number, z: number): Place => [Math.atan2(y, x) / rad, Math.atan2(z, Math.hypot(x, y)) / rad];

/**
 * Every way between two places crosses the circle midway between them, some 90 degrees from both, where the series
 * settles: the shortest way is the least sum of its two halves, over that circle.
 */
function opposite(from: Place, to: Place): Inverse {
  const [p, q] = [vector(from), vector(to)];
  const axis = normal([p[0] - q[0], p[1] - q[1], p[2] - q[2]]);
  const e1 = normal(cross(axis, Math.abs(axis[2]) < 0.9 ? [0, 0, 1] : [1, 0, 0]));
  const e2 = cross(axis, e1);
  const middle = (t: number) => ofVector(...([0, 1, 2].map((i) => Math.cos(t) * (e1[i] ?? 0) + Math.sin(t) * (e2[i] ?? 0)) as [number, number, number]));
  const length = (t: number) => (settled(from, middle(t))?.metres ?? Infinity) + (settled(middle(t), to)?.metres ?? Infinity);
  const step = Math.PI / 36;
  const best = Array.from({ length: 72 }, (_, i) => i * step).reduce((least, t) => (length(t) < length(least) ? t : least));
  const t = narrowed(length, best - step, best + step);
  return { metres: length(t), bearing: settled(from, middle(t))?.bearing ?? 0 };
}

type Vector = readonly [number, number, number];
const cross = (u: Vector, v: Vector): Vector => [u[1] * v[2] - u[2] * v[1], u[2] * v[0] - u[0] * v[2], u[0] * v[1] - u[1] * v[0]];
const normal = (u: Vector): Vector => {
  const size = Math.hypot(...u);
  return [u[0] / size, u[1] / size, u[2] / size];
};

/** The least value of a function with one valley, by the golden section. */
function narrowed(value: (t: number) => number, low: number, high: number): number {
  const golden = (Math.sqrt(5) - 1) / 2;
  for (let i = 0; i < 60; i++) {
    const [x, y] = [high - golden * (high - low), low + golden * (high - low)];
    if (value(x) < value(y)) high = y;
    else low = x;
  }
  return (low + high) / 2;
}

export interface Reached {
  place: Place;
  /** The bearing on which the way goes on from there. */
  bearing: number;
}

/** Where one comes to from a place on a bearing. The longitude is not turned back over the date line, so that a drawn line stays whole. */
export function direct([lon, lat]: Place, bearing: number, metres: number): Reached {
  const alpha = bearing * rad;
  const tanU = (1 - f) * Math.tan(lat * rad);
  const cosU = 1 / Math.hypot(1, tanU);
  const sinU = tanU * cosU;
  const sigma1 = Math.atan2(tanU, Math.cos(alpha));
  const sinAlpha = cosU * Math.sin(alpha);
  const { A, B, C } = series(1 - sinAlpha * sinAlpha);
  let sigma = metres / (b * A);
  let mid = 0;
  for (let i = 0; i < 30; i++) {
    mid = Math.cos(2 * sigma1 + sigma);
    const next = metres / (b * A) + bend(B, Math.sin(sigma), Math.cos(sigma), mid);
    const done = Math.abs(next - sigma) < 1e-14;
    sigma = next;
    if (done) break;
  }
  const [sinS, cosS] = [Math.sin(sigma), Math.cos(sigma)];
  const north = sinU * cosS + cosU * sinS * Math.cos(alpha);
  const across = Math.hypot(sinAlpha, sinU * sinS - cosU * cosS * Math.cos(alpha));
  const lambda = Math.atan2(sinS * Math.sin(alpha), cosU * cosS - sinU * sinS * Math.cos(alpha));
  const L = lambda - (1 - C) * f * sinAlpha * (sigma + C * sinS * (mid + C * cosS * (2 * mid * mid - 1)));
  const on = Math.atan2(sinAlpha, cosU * cosS * Math.cos(alpha) - sinU * sinS);
  return { place: [lon + L / rad, Math.atan2(north, (1 - f) * across) / rad], bearing: (on / rad + 360) % 360 };
}

/** The way between two places as points at most `step` metres apart, both ends among them; longitudes run on over the date line. */
export function along(from: Place, to: Place, step = 50_000): Place[] {
  const { metres, bearing } = inverse(from, to);
  const pieces = Math.min(400, Math.max(1, Math.ceil(metres / step)));
  const between = Array.from({ length: pieces - 1 }, (_, i) => direct(from, bearing, (metres * (i + 1)) / pieces).place);
  const last = between.at(-1) ?? from;
  return [from, ...between, [last[0] + turned(to[0] - last[0]), to[1]]];
}
