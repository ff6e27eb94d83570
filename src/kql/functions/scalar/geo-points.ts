import type { DynamicValue, PropertyBag } from '../../values/dynamic.ts';
import { distanceOnSphere, distanceOnSpheroid, isLatitude, isLongitude } from '../geo-distance.ts';
import { polygonContains, readPolygons } from '../geo-polygon.ts';
import type { ScalarFunction } from '../scalar-function.ts';

const isPoint = (longitude: number, latitude: number): boolean => isLongitude(longitude) && isLatitude(latitude);

export const geoPoints: readonly ScalarFunction[] = [
  {
    name: 'geo_distance_2points',
    signature:
      'geo_distance_2points(p1_longitude, p1_latitude, p2_longitude, p2_latitude [, use_spheroid: bool]): real',
    summary: 'The distance in meters between two points, on a sphere or on the WGS 84 spheroid.',
    page: 'geo-distance-2points-function',
    overloads: [
      {
        parameters: ['real', 'real', 'real', 'real', 'bool'],
        optional: 1,
        returns: 'real',
        evaluate: (lng1: number, lat1: number, lng2: number, lat2: number, useSpheroid = false) => {
          if (!isPoint(lng1, lat1) || !isPoint(lng2, lat2)) return null;
          return useSpheroid ? distanceOnSpheroid(lng1, lat1, lng2, lat2) : distanceOnSphere(lng1, lat1, lng2, lat2);
        },
      },
    ],
  },
  {
    name: 'geo_point_in_circle',
    signature: 'geo_point_in_circle(p_longitude, p_latitude, pc_longitude, pc_latitude, c_radius): bool',
    summary: 'Whether a point lies within a number of meters of another, on a sphere.',
    page: 'geo-point-in-circle-function',
    overloads: [
      {
        parameters: ['real', 'real', 'real', 'real', 'real'],
        returns: 'bool',
        evaluate: (lng: number, lat: number, centerLng: number, centerLat: number, radius: number) => {
          if (!isPoint(lng, lat) || !isPoint(centerLng, centerLat) || !(radius > 0 && radius < Infinity)) return null;
          return distanceOnSphere(lng, lat, centerLng, centerLat) <= radius;
        },
      },
    ],
  },
  {
    name: 'geo_point_in_polygon',
    signature: 'geo_point_in_polygon(longitude, latitude, polygon: dynamic): bool',
    summary: 'Whether a point lies in a GeoJSON Polygon or MultiPolygon whose edges are geodesics on a sphere.',
    page: 'geo-point-in-polygon-function',
    overloads: [
      {
        parameters: ['real', 'real', 'dynamic'],
        returns: 'bool',
        prepare: (_context, [, , constant]) => {
          const known = constant === undefined ? undefined : readPolygons(constant as DynamicValue);
          return (lng: number, lat: number, polygon: PropertyBag) => {
            const shapes = known ?? readPolygons(polygon);
            if (shapes === null || !isPoint(lng, lat)) return null;
            return shapes.some((shape) => polygonContains(shape, lng, lat));
          };
        },
      },
    ],
  },
];
