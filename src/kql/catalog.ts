import type { Batch } from './columns/batch.ts';
import type { KqlError } from './kql-error.ts';
import type { ColumnDefinition } from './values/value.ts';

/** Where a table's rows come from. */
export type TableSource = {
  readonly columns: readonly ColumnDefinition[];
  /** The rows, batch by batch; each call starts anew. Rows outside the range may be left out, none inside it. */
  scan(range?: TimeRange): AsyncIterable<Batch> | Iterable<Batch>;
  /** As scan, with ARRIVAL_COLUMN as a further last column; absent where it is not known when the rows arrived. */
  scanWithArrival?(range?: TimeRange): AsyncIterable<Batch> | Iterable<Batch>;
};

/** What ingestion_time() reads, hidden as in the service; no query can name it ($IngestionTime is the name of a result). */
export const ARRIVAL_COLUMN: ColumnDefinition = { name: '$arrival', type: 'datetime' };

/** Rows whose time column is at or after the one end and before the other. */
export type TimeRange = { readonly column: string; readonly fromTicks: bigint; readonly toTicks: bigint };

/** A result that a query which runs in stages reads by name; patterns and searches over all tables do not see it. */
export type StagedTable = TableSource & {
  /** The table that its pipeline began with, where it began with one. */
  readonly origin: string | undefined;
};

/** What a query can name: tables, and saved functions as `(parameters) { body }`. */
export type Catalog = {
  readonly tables: ReadonlyMap<string, TableSource>;
  readonly staged?: ReadonlyMap<string, StagedTable>;
  readonly functions?: ReadonlyMap<string, string>;
  /** The rows behind an address of externaldata; undefined where no local file is allowed for it. */
  readonly externalData?: (request: ExternalDataRequest) => TableSource | undefined;
  /** Where an address is, for geo_info_from_ip_address; undefined of one that the database does not know. */
  readonly locateAddress?: (address: string) => AddressLocation | undefined;
  /**
   * Told of each column that a query reads after bag_unpack or pivot and that no row of this run has: the column is there,
   * and empty. Where this is absent, as in the service, such a name is an error.
   */
  readonly assumed?: (column: ColumnDefinition) => void;
  /** What is known here about an error: a name that the caller has to supply, for one. */
  readonly explain?: (error: KqlError, text: string) => KqlError;
};

/** What queries can reach besides tables. */
export type Surroundings = Pick<Catalog, 'functions' | 'externalData' | 'locateAddress'>;

/** What a database of addresses knows of one; names are English, as the service's are. */
export type AddressLocation = {
  readonly country?: string | undefined;
  readonly state?: string | undefined;
  readonly city?: string | undefined;
  readonly latitude?: number | undefined;
  readonly longitude?: number | undefined;
};

/** What a query asks of one address: the columns that it declares, and how the file is written (csv by default). */
export type ExternalDataRequest = {
  readonly uri: string;
  readonly columns: readonly ColumnDefinition[];
  readonly format: string;
  readonly ignoreFirstRecord: boolean;
};

/** The table of that name. */
export const findTable = ({ tables, staged }: Catalog, name: string): TableSource | undefined =>
  tables.get(name) ?? staged?.get(name);
