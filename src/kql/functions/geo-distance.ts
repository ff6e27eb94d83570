/** The sphere that the service measures on: the mean radius of the Earth in meters. */
const SPHERE_RADIUS = 6_371_010;

/** WGS 84: semi-major axis in meters and flattening. */
const MAJOR_AXIS = 6_378_137;
const FLATTENING = 1 / 298.257223563;
const MINOR_AXIS = MAJOR_AXIS * (1 - FLATTENING);

export const radians = (degrees: number): number => (degrees * Math.PI) / 180;
export const isLongitude = (degrees: number): boolean => degrees >= -180 && degrees <= 180;
export const isLatitude = (degrees: number): boolean => degrees >= -90 && degrees <= 90;

/** The length of the great circle between two points given in degrees, in meters (haversine formula). */
export function distanceOnSphere(lng1: number, lat1: number, lng2: number, lat2: number): number {
  const halfLat = Math.sin(radians(lat2 - lat1) / 2);
  const halfLng = Math.sin(radians(lng2 - lng1) / 2);
  const square = halfLat * halfLat + Math.cos(radians(lat1)) * Math.cos(radians(lat2)) * halfLng * halfLng;
  return 2 * SPHERE_RADIUS * Math.asin(Math.min(1, Math.sqrt(square)));
}

/** The direction of the great circle from a point to another, clockwise from north in radians; null of equal points. */
export function bearingOnSphere(lng1: number, lat1: number, lng2: number, lat2: number): number | null {
  const [from, to, turn] = [radians(lat1), radians(lat2), radians(lng2 - lng1)];
  const east = Math.sin(turn) * Math.cos(to);
  const north = Math.cos(from) * Math.sin(to) - Math.sin(from) * Math.cos(to) * Math.cos(turn);
  return east === 0 && north === 0 ? null : clockwise(Math.atan2(east, north));
}

/** An angle from 0 up to but not including a full turn. */
export const clockwise = (angle: number): number => (angle < 0 ? angle + 2 * Math.PI : angle);

/**
 * The length of the geodesic on the WGS 84 spheroid in meters (T. Vincenty, Survey Review 23, 1975); null for points so
 * nearly opposite each other that the iteration does not settle.
 */
export function distanceOnSpheroid(lng1: number, lat1: number, lng2: number, lat2: number): number | null {
  if (lng1 === lng2 && lat1 === lat2) return 0;
  const [u1, u2] = [lat1, lat2].map((lat) => Math.atan((1 - FLATTENING) * Math.tan(radians(lat)))) as [number, number];
  const [sin1, cos1, sin2, cos2] = [Math.sin(u1), Math.cos(u1), Math.sin(u2), Math.cos(u2)];
  const difference = radians(lng2 - lng1);
  let lambda = difference;
  for (let step = 0; step < 1000; step++) {
    const [sinL, cosL] = [Math.sin(lambda), Math.cos(lambda)];
    const sinSigma = Math.hypot(cos2 * sinL, cos1 * sin2 - sin1 * cos2 * cosL);
    if (sinSigma === 0) return 0;
    const cosSigma = sin1 * sin2 + cos1 * cos2 * cosL;
    const sigma = Math.atan2(sinSigma, cosSigma);
    const sinAlpha = (cos1 * cos2 * sinL) / sinSigma;
    const cosAlpha2 = 1 - sinAlpha * sinAlpha;
    const middle = cosAlpha2 === 0 ? 0 : cosSigma - (2 * sin1 * sin2) / cosAlpha2;
    const c = (FLATTENING / 16) * cosAlpha2 * (4 + FLATTENING * (4 - 3 * cosAlpha2));
    const inner = middle + c * cosSigma * (2 * middle * middle - 1);
    const next = difference + (1 - c) * FLATTENING * sinAlpha * (sigma + c * sinSigma * inner);
    const settled = Math.abs(next - lambda) < 1e-14;
    lambda = next;
    if (settled) return arcLength(cosAlpha2, sinSigma, cosSigma, sigma, middle);
  }
  return null;
}

function arcLength(cosAlpha2: number, sinSigma: number, cosSigma: number, sigma: number, middle: number): number {
  const u = (cosAlpha2 * (MAJOR_AXIS ** 2 - MINOR_AXIS ** 2)) / MINOR_AXIS ** 2;
  const a = 1 + (u / 16384) * (4096 + u * (-768 + u * (320 - 175 * u)));
  const b = (u / 1024) * (256 + u * (-128 + u * (74 - 47 * u)));
  const cubic = (b / 6) * middle * (4 * sinSigma ** 2 - 3) * (4 * middle ** 2 - 3);
  const delta = b * sinSigma * (middle + (b / 4) * (cosSigma * (2 * middle ** 2 - 1) - cubic));
  return MINOR_AXIS * a * (sigma - delta);
}
