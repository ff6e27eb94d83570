import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { createGzip, type Gzip } from 'node:zlib';
import type { WriteOptions, WrittenTable } from './write-aside.ts';

const chunkCharacters = 1 << 18;
/** Level 1 costs a tenth more time than no compression and makes the files eleven times smaller. */
const gzipOptions = { level: 1, chunkSize: 1 << 18 };

/** A table on its way to `<Table>.ndjson.gz`: takes lines as they come and waits where the disk is slower. */
export class TableWriter {
  readonly #table: string;
  readonly #file: string;
  readonly #path: string;
  readonly #gzip: Gzip;
  readonly #written: Promise<void>;
  readonly #onProgress: WriteOptions['onProgress'];
  #text = '';
  #rows = 0;

  constructor(directory: string, table: string, { signal, onProgress }: WriteOptions) {
    this.#table = table;
    this.#file = `${table}.ndjson.gz`;
    this.#path = join(directory, this.#file);
    this.#gzip = createGzip(gzipOptions);
    this.#onProgress = onProgress;
    const target = createWriteStream(this.#path);
    this.#written = pipeline(this.#gzip, target, signal === undefined ? {} : { signal });
    // Whoever writes learns of it in `write` or `finish`; until then it must not count as unhandled.
    this.#written.catch(() => undefined);
  }

  /** A line of JSON, without its end; true where so much has come together that it should be flushed. */
  add(line: string): boolean {
    this.#text += `${line}\n`;
    this.#rows++;
    return this.#text.length >= chunkCharacters;
  }

  async finish(): Promise<WrittenTable> {
    await this.flush();
    this.#gzip.end();
    await this.#written;
    return { table: this.#table, file: this.#file, rows: this.#rows, bytes: (await stat(this.#path)).size };
  }

  /** Gives up: nothing is held open, and nobody waits. */
  abandon(): void {
    this.#gzip.destroy();
  }

  /** Hands on what has come together, and waits where the disk is slower. */
  async flush(): Promise<void> {
    const chunk = Buffer.from(this.#text);
    this.#text = '';
    if (this.#gzip.destroyed) {
      await this.#written;
    }
    if (!this.#gzip.write(chunk)) {
      // A pipeline that fails drains no more.
      await Promise.race([once(this.#gzip, 'drain'), this.#written]);
    }
    this.#onProgress?.(this.#table, this.#rows);
  }
}
