import { getWatchlist, getWatchlistAlias } from './watchlists.ts';

/** A function that every Sentinel workspace has. */
export type WorkspaceFunction = {
  readonly name: string;
  readonly signature: string;
  readonly summary: string;
  readonly text: string;
};

export const workspaceFunctions: readonly WorkspaceFunction[] = [
  {
    name: '_GetWatchlist',
    signature: '_GetWatchlist(watchlistAlias: string)',
    summary:
      'The items of a watchlist, a column for each field; from the Watchlist table, or a file given for the alias.',
    text: getWatchlist,
  },
  {
    name: '_GetWatchlistAlias',
    signature: '_GetWatchlistAlias',
    summary: 'The alias of every watchlist.',
    text: getWatchlistAlias,
  },
];
