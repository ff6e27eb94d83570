import ipaddr from 'ipaddr.js';

/** What the data section can hold here. */
type Data = string | number | { readonly [key: string]: Data } | readonly Data[];

/**
 * A MaxMind database of networks (`198.51.100.0/24` or `2001:db8::/32` → record), as the specification has it
 * (maxmind.github.io/MaxMind-DB): a binary tree of 24-bit records, 16 zero bytes, the data, a marker, the metadata.
 */
export function writeMmdb(databaseType: string, networks: Readonly<Record<string, Data>>): Buffer {
  const nodes: [number | Buffer | undefined, number | Buffer | undefined][] = [[undefined, undefined]];
  for (const [network, record] of Object.entries(networks)) addNetwork(nodes, network, encode(record));
  const data: Buffer[] = [];
  let dataBytes = 0;
  const target = (value: number | Buffer | undefined): number => {
    if (value === undefined) return nodes.length;
    if (typeof value === 'number') return value;
    data.push(value);
    dataBytes += value.length;
    return nodes.length + 16 + dataBytes - value.length;
  };
  const tree = Buffer.concat(
    nodes.flatMap((pair) =>
      pair.map((value) => {
        const bytes = Buffer.alloc(4);
        bytes.writeUInt32BE(target(value));
        return bytes.subarray(1);
      }),
    ),
  );
  const metadata = encode({
    binary_format_major_version: 2,
    binary_format_minor_version: 0,
    build_epoch: 0,
    database_type: databaseType,
    description: { en: 'made for a test' },
    ip_version: 6,
    languages: ['en'],
    node_count: nodes.length,
    record_size: 24,
  });
  return Buffer.concat([
    tree,
    Buffer.alloc(16),
    ...data,
    Buffer.from('abcdef', 'hex'),
    Buffer.from('MaxMind.com'),
    metadata,
  ]);
}

function addNetwork(
  nodes: [number | Buffer | undefined, number | Buffer | undefined][],
  network: string,
  record: Buffer,
): void {
  const [address, prefix] = ipaddr.parseCIDR(network);
  // IPv4 addresses are the last 32 bits below ::, not the mapped ones.
  const bytes =
    address.kind() === 'ipv4' ? [...Array<number>(12).fill(0), ...address.toByteArray()] : address.toByteArray();
  const length = address.kind() === 'ipv4' ? prefix + 96 : prefix;
  let node = 0;
  for (let depth = 0; depth < length; depth++) {
    const pair = nodes[node] as [number | Buffer | undefined, number | Buffer | undefined];
    const bit = (((bytes[depth >> 3] as number) >> (7 - (depth & 7))) & 1) as 0 | 1;
    if (depth === length - 1) {
      pair[bit] = record;
      return;
    }
    if (typeof pair[bit] !== 'number') pair[bit] = nodes.push([undefined, undefined]) - 1;
    node = pair[bit] as number;
  }
}

/** A control byte of type and size, then the value: 2 text, 3 double, 5 uint16, 6 uint32, 7 map, 11 array (extended). */
function encode(value: Data): Buffer {
  if (typeof value === 'string') return Buffer.concat([control(2, Buffer.byteLength(value)), Buffer.from(value)]);
  if (typeof value === 'number') return encodeNumber(value);
  if (Array.isArray(value)) return Buffer.concat([control(11, value.length), ...value.map(encode)]);
  const entries = Object.entries(value);
  return Buffer.concat([control(7, entries.length), ...entries.flatMap(([key, item]) => [encode(key), encode(item)])]);
}

function encodeNumber(value: number): Buffer {
  const bytes = Buffer.alloc(Number.isInteger(value) ? 4 : 8);
  if (Number.isInteger(value)) bytes.writeUInt32BE(value);
  else bytes.writeDoubleBE(value);
  return Buffer.concat([control(Number.isInteger(value) ? 6 : 3, bytes.length), bytes]);
}

function control(type: number, size: number): Buffer {
  if (size >= 29) throw new RangeError(`a test's database holds nothing of ${size} bytes or items`);
  return type < 8 ? Buffer.of((type << 5) | size) : Buffer.of(size, type - 7);
}
