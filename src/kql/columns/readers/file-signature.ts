import { open } from 'node:fs/promises';

/** What the first bytes of a file say it is, where they say it for certain. */
export type FileSignature = 'parquet' | 'zip' | 'avro' | 'sqlite';

const signatures: Readonly<Record<FileSignature, string>> = {
  parquet: 'PAR1',
  zip: 'PK\u0003\u0004',
  avro: 'Obj\u0001',
  sqlite: 'SQLi',
};

/** Undefined for text, for gzip, and for what cannot be opened: reading it will say why. */
export async function readSignature(path: string): Promise<FileSignature | undefined> {
  try {
    const file = await open(path);
    try {
      const { buffer, bytesRead } = await file.read(Buffer.alloc(4), 0, 4, 0);
      const head = buffer.toString('latin1', 0, bytesRead);
      return (Object.keys(signatures) as FileSignature[]).find((name) => head === signatures[name]);
    } finally {
      await file.close();
    }
  } catch {
    return undefined;
  }
}
