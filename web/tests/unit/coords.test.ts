import { describe, expect, it } from 'vitest';
import { coordFormats, formatCoord, isPlace, parseCoord } from '../../src/geo/coords.ts';
import { fromUtm, toUtm } from '../../src/geo/utm.ts';

const near = (text: string, lon: number, lat: number, digits = 4) => {
  const p = parseCoord(text);
  if (!isPlace(p)) throw new Error(`${text} was read as ${JSON.stringify(p)}`);
  expect(p.lon).toBeCloseTo(lon, digits);
  expect(p.lat).toBeCloseTo(lat, digits);
};

describe('coordinates', () => {
  it('writes the known MGRS of Baghdad', () => {
    expect(formatCoord(44.3661, 33.3152, 'mgrs').replaceAll(' ', '')).toBe('38SMB4099486410');
  });

  it('reads the same place in every form', () => {
    near('33.3152, 44.3661', 44.3661, 33.3152);
    near('33.3152N 44.3661E', 44.3661, 33.3152);
    near('E44.3661 N33.3152', 44.3661, 33.3152);
    near('38S MB 40994 86410', 44.3661, 33.3152, 3);
    near('33°18′54.7″ N 44°21′58.0″ E', 44.3661, 33.3152);
    near("33°18'54.7\" N, 44°21'58.0\" E", 44.3661, 33.3152);
    near('15.2389; −1.8393', -1.8393, 15.2389);
    near('15.2389° S 1.8393° W', -1.8393, -15.2389);
  });

  it('says what is wrong, and leaves names alone', () => {
    expect(parseCoord('Gao')).toBeUndefined();
    expect(parseCoord('Camp 4')).toBeUndefined();
    expect(parseCoord('95, 10')).toMatchObject({ problem: 'latitude' });
    expect(parseCoord('10, 200')).toMatchObject({ problem: 'longitude' });
    expect(parseCoord('30QZZ 81740 00000')).toMatchObject({ problem: 'square' });
    expect(parseCoord('61PXB2464985076')).toMatchObject({ problem: 'zone' });
    expect(parseCoord('10°75′00″ N 3°00′00″ E')).toMatchObject({ problem: 'minutes' });
  });

  it('comes back from every form that it writes, all over the world', () => {
    for (let lat = -79; lat <= 83; lat += 9)
      for (let lon = -179.5; lon < 180; lon += 17.3)
        for (const format of coordFormats) near(formatCoord(lon, lat, format), lon, lat, 3);
  });

  it('projects to UTM and back within a tenth of a millimetre', () => {
    for (let lat = -80; lat <= 84; lat += 4)
      for (let lon = -180; lon < 180; lon += 7) {
        const utm = toUtm(lon, lat);
        if (!utm) throw new Error('no UTM');
        const [x, y] = fromUtm(utm);
        expect(Math.abs(x - lon) * Math.cos((lat * Math.PI) / 180)).toBeLessThan(1e-9);
        expect(Math.abs(y - lat)).toBeLessThan(1e-9);
      }
  });

  it('gives degrees in place of a grid beyond its ends', () => {
    expect(formatCoord(0, 88, 'mgrs')).toBe('88.0000° N, 0.0000° E');
  });
});
