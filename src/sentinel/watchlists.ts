import { createHash } from 'node:crypto';
import { CsvError } from 'csv-parse';
import { parse } from 'csv-parse/sync';
import {
  batchOf,
  type ColumnDefinition,
  createMemoryTable,
  KqlError,
  type MemoryTable,
  type Value,
} from '../kql/index.ts';

/** A watchlist as a workspace holds it: items of texts, one of whose fields is the search key. */
export type Watchlist = {
  readonly alias: string;
  /** The field that queries join on. */
  readonly searchKey: string;
  readonly items: readonly Readonly<Record<string, string>>[];
  /** When it was uploaded. */
  readonly uploadedTicks: bigint;
};

/**
 * A watchlist from the CSV file that is uploaded as one: a header, then an item a line. The first column is the search key.
 * @throws KqlError `evaluation` where the text is no CSV with a header
 */
export function readWatchlist(alias: string, text: string, uploadedTicks: bigint): Watchlist {
  let records: readonly Readonly<Record<string, string>>[];
  let searchKey: string | undefined;
  try {
    records = parse(text, {
      bom: true,
      columns: (header: string[]) => {
        searchKey = header[0];
        return header;
      },
      skip_empty_lines: true,
    });
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    throw new KqlError('evaluation', `the watchlist ${alias} is no CSV: ${error.message}`, { cause: error });
  }
  if (searchKey === undefined) {
    throw new KqlError('evaluation', `the watchlist ${alias} is empty`, { hint: 'its first line names the fields' });
  }
  return { alias, searchKey, items: records, uploadedTicks };
}

/**
 * `_GetWatchlist('alias')`: the items of a watchlist, the latest version of each that is not deleted, a column for each
 * field. Source: learn.microsoft.com/azure/sentinel/watchlists-queries; the columns of the Watchlist table.
 */
export const getWatchlist = `(watchlistAlias: string) {
  Watchlist
  | where _DTItemType == 'watchlist-item' and WatchlistAlias == watchlistAlias
  | summarize arg_max(_DTTimestamp, _DTItemStatus, LastUpdatedTimeUTC, SearchKey, WatchlistItem) by _DTItemId
  | where _DTItemStatus != 'Delete'
  | project-away _DTTimestamp, _DTItemStatus
  | evaluate bag_unpack(WatchlistItem)
}`;

/** `_GetWatchlistAlias`: the alias of every watchlist that is not deleted. */
export const getWatchlistAlias = `() {
  Watchlist
  | where _DTItemType in ('watchlist', 'watchlist-item')
  | summarize arg_max(_DTTimestamp, _DTItemStatus, WatchlistAlias) by _DTItemId
  | where _DTItemStatus != 'Delete'
  | distinct WatchlistAlias
}`;

/** Watchlists as rows of the Watchlist table, whose columns are given; ids follow from the contents. */
export function watchlistTable(
  watchlists: readonly Watchlist[],
  columns: readonly ColumnDefinition[],
  rows: readonly (readonly Value[])[] = [],
): MemoryTable {
  const added = watchlists.flatMap((watchlist) =>
    watchlist.items.map((item, index) => {
      const fields = itemFields(watchlist, item, index);
      return columns.map(({ name, type }): Value => fields[name] ?? (type === 'string' ? '' : null));
    }),
  );
  return createMemoryTable(batchOf(columns, [...rows, ...added]));
}

function itemFields(
  { alias, searchKey, uploadedTicks }: Watchlist,
  item: Readonly<Record<string, string>>,
  index: number,
): Readonly<Record<string, Value>> {
  return {
    TimeGenerated: uploadedTicks,
    _DTTimestamp: uploadedTicks,
    CreatedTimeUTC: uploadedTicks,
    LastUpdatedTimeUTC: uploadedTicks,
    _DTItemType: 'watchlist-item',
    _DTItemStatus: 'Create',
    _DTItemId: guidOf(`${alias}/${index}/${JSON.stringify(item)}`),
    WatchlistAlias: alias,
    WatchlistName: alias,
    WatchlistId: guidOf(alias),
    WatchlistItemId: guidOf(`${alias}/${index}`),
    SearchKey: item[searchKey] ?? '',
    WatchlistItem: new Map(Object.entries(item)),
    Type: 'Watchlist',
  };
}

function guidOf(text: string): string {
  const hex = createHash('sha256').update(text).digest('hex');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20, 32)].join('-');
}
