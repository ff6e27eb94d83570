import { type DynamicValue, isArray, isBag } from '../values/dynamic.ts';
import { isLatitude, isLongitude, radians } from './geo-distance.ts';

/** A point on the unit sphere. */
type Point = readonly [x: number, y: number, z: number];

/** A closed ring without its repeated last vertex, and whether it runs counterclockwise around its smaller side. */
type Ring = { readonly vertices: readonly Point[]; readonly isCounterclockwise: boolean };

/** A shell and its holes. */
export type Polygon = readonly Ring[];

const pointAt = (lng: number, lat: number): Point => {
  const [l, p] = [radians(lng), radians(lat)];
  return [Math.cos(p) * Math.cos(l), Math.cos(p) * Math.sin(l), Math.sin(p)];
};

const dot = (a: Point, b: Point): number => a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
const cross = (a: Point, b: Point): Point => [
  a[1] * b[2] - a[2] * b[1],
  a[2] * b[0] - a[0] * b[2],
  a[0] * b[1] - a[1] * b[0],
];

/** The polygons of a GeoJSON Polygon or MultiPolygon (RFC 7946); null where the value is none. */
export function readPolygons(value: DynamicValue): readonly Polygon[] | null {
  if (!isBag(value)) return null;
  const [type, coordinates] = [value.get('type'), value.get('coordinates')];
  if (!isArray(coordinates)) return null;
  const polygons = type === 'Polygon' ? [coordinates] : type === 'MultiPolygon' ? coordinates : [];
  const shapes = polygons.map((rings) => (isArray(rings) && rings.length > 0 ? rings.map(readRing) : [undefined]));
  if (shapes.length === 0 || shapes.some((shape) => shape.includes(undefined))) return null;
  return shapes as readonly Polygon[];
}

function readRing(value: DynamicValue): Ring | undefined {
  if (!isArray(value) || value.length < 4) return undefined;
  const positions = value.map(readPosition);
  const [first, last] = [positions[0], positions.at(-1)];
  if (positions.includes(undefined) || first?.lng !== last?.lng || first?.lat !== last?.lat) return undefined;
  const vertices = positions.slice(1).map((position) => pointAt(position?.lng as number, position?.lat as number));
  return { vertices, isCounterclockwise: signedArea(vertices) > 0 };
}

function readPosition(value: DynamicValue): { readonly lng: number; readonly lat: number } | undefined {
  if (!isArray(value) || value.length < 2) return undefined;
  const [lng, lat] = value.map((item) =>
    typeof item === 'number' || typeof item === 'bigint' ? Number(item) : Number.NaN,
  );
  return isLongitude(lng as number) && isLatitude(lat as number)
    ? { lng: lng as number, lat: lat as number }
    : undefined;
}

/** The area of the ring's smaller side on the unit sphere, positive where the ring runs counterclockwise around it. */
function signedArea(vertices: readonly Point[]): number {
  const [origin, ...rest] = vertices as readonly [Point, ...Point[]];
  let total = 0;
  for (let i = 0; i + 1 < rest.length; i++) {
    const [b, c] = [rest[i] as Point, rest[i + 1] as Point];
    // The area of a spherical triangle (F. Eriksson, Mathematics Magazine 63, 1990).
    total += 2 * Math.atan2(dot(origin, cross(b, c)), 1 + dot(origin, b) + dot(b, c) + dot(c, origin));
  }
  const whole = 4 * Math.PI;
  const area = total - whole * Math.floor(total / whole);
  return area > whole / 2 ? area - whole : area;
}

/** How often the ring turns counterclockwise around the point, less how often around the point opposite. */
function windingNumber({ vertices }: Ring, point: Point): number {
  const reference: Point = Math.abs(point[2]) < 0.9 ? [0, 0, 1] : [1, 0, 0];
  const east = cross(reference, point);
  const north = cross(point, east);
  let turned = 0;
  let previous = azimuth(vertices.at(-1) as Point, east, north);
  for (const vertex of vertices) {
    const current = azimuth(vertex, east, north);
    const step = current - previous;
    turned += step > Math.PI ? step - 2 * Math.PI : step < -Math.PI ? step + 2 * Math.PI : step;
    previous = current;
  }
  return Math.round(turned / (2 * Math.PI));
}

const azimuth = (vertex: Point, east: Point, north: Point): number => Math.atan2(dot(vertex, north), dot(vertex, east));

const ringContains = (ring: Ring, point: Point): boolean =>
  windingNumber(ring, point) === (ring.isCounterclockwise ? 1 : -1);

/** Whether the shell holds the point and no hole does. */
export function polygonContains([shell, ...holes]: Polygon, lng: number, lat: number): boolean {
  const point = pointAt(lng, lat);
  return ringContains(shell as Ring, point) && !holes.some((hole) => ringContains(hole, point));
}
