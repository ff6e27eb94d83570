import type { DynamicValue } from '../../values/dynamic.ts';
import { isLatitude, isLongitude } from '../geo-distance.ts';
import type { ScalarFunction } from '../scalar-function.ts';

const DIGITS = '0123456789bcdefghjkmnpqrstuvwxyz';
const MAX_LENGTH = 18;

/** A cell as the numbers of its column and row among those of its precision. */
type Cell = { readonly column: number; readonly row: number; readonly length: number };

const columnsOf = (length: number): number => 2 ** Math.ceil((length * 5) / 2);
const rowsOf = (length: number): number => 2 ** Math.floor((length * 5) / 2);

/** The cell that holds a point; the last column and row hold their outer edge too. */
function cellAt(longitude: number, latitude: number, length: number): Cell {
  const index = (fraction: number, count: number): number => Math.min(count - 1, Math.floor(fraction * count));
  return {
    column: index((longitude + 180) / 360, columnsOf(length)),
    row: index((latitude + 90) / 180, rowsOf(length)),
    length,
  };
}

/** Bits of column and row take turns, the column's first; five bits are a digit. */
function encode({ column, row, length }: Cell): string {
  let text = '';
  let columns = columnsOf(length);
  let rows = rowsOf(length);
  for (let digit = 0, bit = 0; digit < length; digit++) {
    let value = 0;
    for (let i = 0; i < 5; i++, bit++) {
      const isColumn = bit % 2 === 0;
      if (isColumn) columns /= 2;
      else rows /= 2;
      value = value * 2 + (isColumn ? Math.floor(column / columns) % 2 : Math.floor(row / rows) % 2);
    }
    text += DIGITS[value];
  }
  return text;
}

function decode(geohash: string): Cell | undefined {
  const digits = [...geohash.toLowerCase()].map((digit) => DIGITS.indexOf(digit));
  if (digits.length < 1 || digits.length > MAX_LENGTH || digits.includes(-1)) return undefined;
  let column = 0;
  let row = 0;
  digits.forEach((digit, position) => {
    for (let i = 0; i < 5; i++) {
      const bit = (digit >> (4 - i)) & 1;
      if ((position * 5 + i) % 2 === 0) column = column * 2 + bit;
      else row = row * 2 + bit;
    }
  });
  return { column, row, length: digits.length };
}

function bounds({ column, row, length }: Cell) {
  const [columns, rows] = [columnsOf(length), rowsOf(length)];
  return {
    west: (column / columns) * 360 - 180,
    east: ((column + 1) / columns) * 360 - 180,
    south: (row / rows) * 180 - 90,
    north: ((row + 1) / rows) * 180 - 90,
  };
}

function centralPoint(cell: Cell): DynamicValue {
  const { west, east, south, north } = bounds(cell);
  return shape('Point', [(west + east) / 2, (south + north) / 2]);
}

function polygon(cell: Cell): DynamicValue {
  const { west, east, south, north } = bounds(cell);
  return shape('Polygon', [
    [
      [west, south],
      [east, south],
      [east, north],
      [west, north],
      [west, south],
    ],
  ]);
}

const shape = (type: string, coordinates: DynamicValue): DynamicValue =>
  new Map<string, DynamicValue>([
    ['type', type],
    ['coordinates', coordinates],
  ]);

/** From the west counterclockwise to the north-west, except that the north-east comes before the east, as in the service. */
const NEIGHBORS = [
  [-1, 0],
  [-1, -1],
  [0, -1],
  [1, -1],
  [1, 1],
  [1, 0],
  [0, 1],
  [-1, 1],
] as const;

/** Columns go around the globe; beyond the poles there is nothing. */
function neighbors({ column, row, length }: Cell): DynamicValue {
  const columns = columnsOf(length);
  return NEIGHBORS.flatMap(([east, north]) => {
    const next = row + north;
    if (next < 0 || next >= rowsOf(length)) return [];
    return [encode({ column: (column + east + columns) % columns, row: next, length })];
  });
}

const fromGeohash = (name: string, summary: string, compute: (cell: Cell) => DynamicValue): ScalarFunction => ({
  name,
  signature: `${name}(geohash: string): dynamic`,
  summary,
  page: `${name.replaceAll('_', '-')}-function`,
  overloads: [
    {
      parameters: ['string'],
      returns: 'dynamic',
      evaluate: (geohash: string) => {
        const cell = decode(geohash);
        return cell === undefined ? null : compute(cell);
      },
    },
  ],
});

export const geohashes: readonly ScalarFunction[] = [
  {
    name: 'geo_point_to_geohash',
    signature: 'geo_point_to_geohash(longitude, latitude [, accuracy: long]): string',
    summary: 'The geohash of a point, with 1 to 18 digits (5); empty where the point or the accuracy is invalid.',
    page: 'geo-point-to-geohash-function',
    overloads: [
      {
        parameters: ['real', 'real', 'long'],
        optional: 1,
        returns: 'string',
        evaluate: (longitude: number, latitude: number, accuracy = 5n) => {
          if (!isLongitude(longitude) || !isLatitude(latitude) || accuracy < 1n || accuracy > BigInt(MAX_LENGTH))
            return '';
          return encode(cellAt(longitude, latitude, Number(accuracy)));
        },
      },
    ],
  },
  fromGeohash('geo_geohash_to_central_point', 'The center of a geohash as a GeoJSON point.', centralPoint),
  fromGeohash('geo_geohash_to_polygon', 'The area of a geohash as a GeoJSON polygon.', polygon),
  fromGeohash('geo_geohash_neighbors', 'The geohashes next to a geohash.', neighbors),
];
