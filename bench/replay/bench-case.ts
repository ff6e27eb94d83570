/** What one process measures. */
export type BenchCase = {
  readonly name: string;
  /** Of the benchmark month. */
  readonly scale: number;
  /** The clock covers the month's last days; 28 at most. */
  readonly days: number;
  /** Slugs; all rules where absent. */
  readonly rules?: readonly string[];
  /** A folder that the month was written to: it is then loaded and not made in memory. */
  readonly files?: string;
};

type Cost = { readonly cpuMs: number; readonly wallMs: number };

export type RuleOutcome = {
  readonly slug: string;
  readonly runs: number;
  /** Rows that the rule's runs were given to read, all together. */
  readonly rowsScanned: number;
  readonly alerts: number;
  readonly replaying: Cost;
};

export type CaseOutcome = {
  readonly rows: number;
  /** Making the month as tables, or loading its files. */
  readonly making: Cost;
  /** One query over all rows of the gateway's log. */
  readonly scanning: Cost;
  readonly rules: readonly RuleOutcome[];
  /** Resident memory with the tables in it, and the most that the process ever had. */
  readonly tablesMb: number;
  readonly peakMb: number;
};
