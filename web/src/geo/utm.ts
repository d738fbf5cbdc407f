// UTM on WGS84 by the Krüger series to the sixth order in the third flattening (Karney 2011): below a micrometre in a zone.

export interface Utm {
  zone: number;
  north: boolean;
  easting: number;
  northing: number;
}

const a = 6378137;
const f = 1 / 298.257223563;
const n = f / (2 - f);
const e = Math.sqrt(f * (2 - f));
const k0 = 0.9996;
const radius = (a / (1 + n)) * (1 + n ** 2 / 4 + n ** 4 / 64 + n ** 6 / 256);
const rad = Math.PI / 180;

const forward = [
  n / 2 - (2 / 3) * n ** 2 + (5 / 16) * n ** 3 + (41 / 180) * n ** 4 - (127 / 288) * n ** 5 + (7891 / 37800) * n ** 6,
  (13 / 48) * n ** 2 - (3 / 5) * n ** 3 + (557 / 1440) * n ** 4 + (281 / 630) * n ** 5 - (1983433 / 1935360) * n ** 6,
  (61 / 240) * n ** 3 - (103 / 140) * n ** 4 + (15061 / 26880) * n ** 5 + (167603 / 181440) * n ** 6,
  (49561 / 161280) * n ** 4 - (179 / 168) * n ** 5 + (6601661 / 7257600) * n ** 6,
  (34729 / 80640) * n ** 5 - (3418889 / 1995840) * n ** 6,
  (212378941 / 319334400) * n ** 6,
];

const inverse = [
  n / 2 - (2 / 3) * n ** 2 + (37 / 96) * n ** 3 - (1 / 360) * n ** 4 - (81 / 512) * n ** 5 + (96199 / 604800) * n ** 6,
  (1 / 48) * n ** 2 + (1 / 15) * n ** 3 - (437 / 1440) * n ** 4 + (46 / 105) * n ** 5 - (1118711 / 3870720) * n ** 6,
  (17 / 480) * n ** 3 - (37 / 840) * n ** 4 - (209 / 4480) * n ** 5 + (5569 / 90720) * n ** 6,
  (4397 / 161280) * n ** 4 - (11 / 504) * n ** 5 - (830251 / 7257600) * n ** 6,
  (4583 / 161280) * n ** 5 - (108847 / 3991680) * n ** 6,
  (20648693 / 638668800) * n ** 6,
];

/** The zone of a point, with the exceptions of Norway and Svalbard. */
export function zoneOf(lon: number, lat: number): number {
  const zone = (Math.floor((lon + 180) / 6) % 60) + 1;
  if (lat >= 56 && lat < 64 && lon >= 3 && lon < 12) return 32;
  if (lat >= 72 && lat < 84 && lon >= 0 && lon < 42) return lon < 9 ? 31 : lon < 21 ? 33 : lon < 33 ? 35 : 37;
  return zone;
}

const centralMeridian = (zone: number) => (zone * 6 - 183) * rad;
const conformal = (sine: number) => Math.sinh(Math.atanh(sine) - e * Math.atanh(e * sine));

/** Undefined beyond 84° N and 80° S, where UTM ends. */
export function toUtm(lon: number, lat: number): Utm | undefined {
  if (lat > 84 || lat < -80) return undefined;
  const zone = zoneOf(lon, lat);
  const dl = lon * rad - centralMeridian(zone);
  const t = conformal(Math.sin(lat * rad));
  const xi = Math.atan2(t, Math.cos(dl));
  const eta = Math.asinh(Math.sin(dl) / Math.hypot(t, Math.cos(dl)));
  let [x, y] = [eta, xi];
  forward.forEach((c, i) => {
    const m = 2 * (i + 1);
    x += c * Math.cos(m * xi) * Math.sinh(m * eta);
    y += c * Math.sin(m * xi) * Math.cosh(m * eta);
  });
  return { zone, north: lat >= 0, easting: 500000 + k0 * radius * x, northing: k0 * radius * y + (lat >= 0 ? 0 : 1e7) };
}

/** Longitude and latitude in degrees. */
export function fromUtm({ zone, north, easting, northing }: Utm): [number, number] {
  const xi0 = (northing - (north ? 0 : 1e7)) / (k0 * radius);
  const eta0 = (easting - 500000) / (k0 * radius);
  let [xi, eta] = [xi0, eta0];
  inverse.forEach((c, i) => {
    const m = 2 * (i + 1);
    xi -= c * Math.sin(m * xi0) * Math.cosh(m * eta0);
    eta -= c * Math.cos(m * xi0) * Math.sinh(m * eta0);
  });
  const lon = centralMeridian(zone) + Math.atan2(Math.sinh(eta), Math.cos(xi));
  return [lon / rad, geodeticLatitude(Math.sin(xi) / Math.hypot(Math.sinh(eta), Math.cos(xi))) / rad];
}

/** From the tangent of the conformal latitude, by Newton's method (Karney 2011, equation 19). */
function geodeticLatitude(target: number): number {
  let tau = target;
  for (let i = 0; i < 6; i++) {
    const hyp = Math.hypot(1, tau);
    const now = conformal(tau / hyp);
    tau += ((target - now) / Math.hypot(1, now)) * ((1 + (1 - e * e) * tau * tau) / ((1 - e * e) * hyp));
  }
  return Math.atan(tau);
}
