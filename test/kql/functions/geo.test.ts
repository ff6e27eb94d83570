import assert from 'node:assert/strict';
import fc from 'fast-check';
import { bearingOnSphere, distanceOnSphere, distanceOnSpheroid } from '../../../src/kql/functions/geo-distance.ts';
import { polygonContains, readPolygons } from '../../../src/kql/functions/geo-polygon.ts';
import { scalarRegistry } from '../../../src/kql/functions/registry.ts';
import type { DynamicValue } from '../../../src/kql/values/dynamic.ts';

const longitude = fc.double({ min: -180, max: 180, noNaN: true });
const latitude = fc.double({ min: -89, max: 89, noNaN: true });

const evaluate = <T>(name: string): T => scalarRegistry.get(name)?.overloads[0]?.evaluate as unknown as T;
const toGeohash = evaluate<(lng: number, lat: number, accuracy: bigint) => string>('geo_point_to_geohash');
const toPolygon = evaluate<(geohash: string) => DynamicValue>('geo_geohash_to_polygon');
const toCenter = evaluate<(geohash: string) => ReadonlyMap<string, number[]>>('geo_geohash_to_central_point');
const neighbors = evaluate<(geohash: string) => string[]>('geo_geohash_neighbors');

describe('Geohashes', () => {
  it('lead from the center of a cell back to the cell', () => {
    fc.assert(
      fc.property(longitude, latitude, fc.bigInt({ min: 1n, max: 18n }), (lng, lat, accuracy) => {
        const geohash = toGeohash(lng, lat, accuracy);
        const [centerLng, centerLat] = toCenter(geohash).get('coordinates') as number[];
        assert.equal(toGeohash(centerLng as number, centerLat as number, accuracy), geohash);
        assert.equal(geohash.length, Number(accuracy));
      }),
    );
  });

  it('have neighbors of whom they are a neighbor', () => {
    fc.assert(
      fc.property(longitude, latitude, fc.bigInt({ min: 2n, max: 12n }), (lng, lat, accuracy) => {
        const geohash = toGeohash(lng, lat, accuracy);
        for (const next of neighbors(geohash))
          assert.ok(neighbors(next).includes(geohash), `${next} beside ${geohash}`);
      }),
    );
  });

  it('are polygons that hold the points inside them', () => {
    fc.assert(
      fc.property(longitude, fc.double({ min: -60, max: 60, noNaN: true }), (lng, lat) => {
        // The longer edges of small cells only bulge by far less than the distance of the center from them.
        const geohash = toGeohash(lng, lat, 5n);
        const [polygon] = readPolygons(toPolygon(geohash)) ?? [];
        const [x, y] = toCenter(geohash).get('coordinates') as [number, number];
        assert.equal(polygonContains(polygon as never, x, y), true);
        assert.equal(polygonContains(polygon as never, x > 0 ? x - 1 : x + 1, y), false);
        assert.equal(polygonContains(polygon as never, x > 0 ? x - 180 : x + 180, -y), false, 'the antipode');
      }),
    );
  });
});

describe('Distances', () => {
  it('are the same both ways, and nearly the same on the sphere and the spheroid', () => {
    fc.assert(
      fc.property(longitude, latitude, longitude, latitude, (lng1, lat1, lng2, lat2) => {
        const sphere = distanceOnSphere(lng1, lat1, lng2, lat2);
        assert.ok(Math.abs(sphere - distanceOnSphere(lng2, lat2, lng1, lat1)) < 1e-6);
        const spheroid = distanceOnSpheroid(lng1, lat1, lng2, lat2);
        if (spheroid !== null) assert.ok(Math.abs(sphere - spheroid) <= 0.006 * sphere + 1e-3, `${sphere} ${spheroid}`);
      }),
    );
  });

  it('give the geodesic of the survey of T. Vincenty from Flinders Peak to Buninyong', () => {
    const distance = distanceOnSpheroid(144.42486788888888, -37.95103341666667, 143.92649552777777, -37.65282113888889);
    assert.ok(Math.abs((distance ?? 0) - 54_972.271) < 0.001, String(distance));
  });

  it('have no direction between equal points', () => {
    assert.equal(bearingOnSphere(5, 10, 5, 10), null);
    assert.equal(bearingOnSphere(0, 0, 0, -10), Math.PI);
  });
});
