import type { DynamicValue, PropertyBag } from '../../values/dynamic.ts';
import {
  bearingOnSphere,
  clockwise,
  distanceOnSphere,
  distanceOnSpheroid,
  isLatitude,
  isLongitude,
} from '../geo-distance.ts';
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
    name: 'geo_azimuth',
    signature: 'geo_azimuth(p1_longitude, p1_latitude, p2_longitude, p2_latitude): real',
    summary: 'The direction from a point to another, clockwise from north in radians.',
    page: 'geo-azimuth-function',
    overloads: [
      {
        parameters: ['real', 'real', 'real', 'real'],
        returns: 'real',
        evaluate: (lng1: number, lat1: number, lng2: number, lat2: number) =>
          isPoint(lng1, lat1) && isPoint(lng2, lat2) ? bearingOnSphere(lng1, lat1, lng2, lat2) : null,
      },
    ],
  },
  {
    name: 'geo_angle',
    signature: 'geo_angle(p1_longitude, p1_latitude, p2_longitude, p2_latitude, p3_longitude, p3_latitude): real',
    summary: 'The angle at the second of three points, clockwise from the first to the third in radians.',
    page: 'geo-angle-function',
    overloads: [
      {
        parameters: ['real', 'real', 'real', 'real', 'real', 'real'],
        returns: 'real',
        evaluate: (lng1: number, lat1: number, lng2: number, lat2: number, lng3: number, lat3: number) => {
          if (!isPoint(lng1, lat1) || !isPoint(lng2, lat2) || !isPoint(lng3, lat3)) return null;
          const [first, third] = [bearingOnSphere(lng2, lat2, lng1, lat1), bearingOnSphere(lng2, lat2, lng3, lat3)];
          return first === null || third === null ? null : clockwise(third - first);
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
