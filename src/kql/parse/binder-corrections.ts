import type { BridgeDiagnostic } from './language-service.ts';

/** A complaint of the binder about something that the service accepts. */
type Correction = {
  readonly code: string;
  readonly why: string;
  /** Whether the complaint at this place of the text is one of these. */
  readonly applies: (before: string, marked: string) => boolean;
};

/** Where the binder is stricter than the engine; each row was seen in results recorded from the engine itself. */
const corrections: readonly Correction[] = [
  {
    code: 'KS107',
    why: 'count(x) counts rows whatever x is; the binder asks for a bool',
    applies: (before) => /\bcount\s*\(\s*$/.test(before),
  },
  {
    code: 'KS107',
    why: 'not("text") inside search negates the search for the text',
    applies: (before, marked) => /\bsearch\b/.test(before) && /\bnot\s*\(\s*$/.test(before) && /^["']/.test(marked),
  },
  {
    code: 'KS106',
    why: 'search "text" or 42 searches for the number in every column',
    applies: (before, marked) => /(^|[|;])\s*search\b[^|;]*$/.test(before) && /\b(or|and)\b/.test(marked),
  },
  {
    code: 'KS107',
    why: 'the degree of series_fit_poly is a whole number of any width',
    applies: (before, marked) => /\bseries_fit_poly\s*\([^;|]*,\s*$/.test(before) && /^\d+$/.test(marked),
  },
  {
    code: 'KS134',
    why: 'make_timespan takes seconds with a fraction',
    applies: (before, marked) => /\bmake_timespan\s*\([^()]*,\s*$/.test(before) && /^\d+\.\d+$/.test(marked),
  },
  {
    code: 'KS142',
    why: 'a pattern of a fuzzy union may match no table',
    applies: (before, marked) => marked.includes('*') && /\bunion\b[^|;]*\bisfuzzy\s*=\s*true\b/.test(before),
  },
  {
    code: 'KS142',
    why: 'a pattern of restrict stands for let statements too',
    applies: (before, marked) => marked.includes('*') && /\brestrict\s+access\s+to\s*\([^)]*$/.test(before),
  },
  {
    code: 'KS119',
    why: 'bag_unpack takes columnsConflict and ignoredProperties too',
    applies: (_before, marked) => /^bag_unpack\b/.test(marked),
  },
  {
    code: 'KS107',
    why: 'bag_unpack takes ignoredProperties, an array',
    applies: (before) => /\bbag_unpack\s*\([^()]*(,|\bignoredProperties\s*=)\s*$/.test(before),
  },
  {
    code: 'KS138',
    why: 'a window of the activity plugins may be a week, a month or a year',
    applies: (before, marked) =>
      /^["'](week|month|year)["']$/i.test(marked) &&
      /\bevaluate\s+(activity_metrics|sliding_window_counts)\b[^|;]*$/.test(before),
  },
];

/** Whether the engine accepts what this diagnostic complains about. */
export function isCorrected(diagnostic: BridgeDiagnostic, text: string): boolean {
  const before = text.slice(0, diagnostic.Start);
  const marked = text.slice(diagnostic.Start, diagnostic.Start + diagnostic.Length);
  return corrections.some(({ code, applies }) => code === diagnostic.Code && applies(before, marked));
}
