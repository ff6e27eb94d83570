import type { CloudName } from '../../src/logs/workspace/clouds.ts';
import type { WorkspaceSettings } from '../query/query-settings.ts';

export const RULES_FOLDER = 'analytics-rules';

/** What `pack replay` was told. */
export type ReplayCommandOptions = WorkspaceSettings & {
  readonly data?: readonly string[];
  readonly workspace?: string;
  readonly timespan?: number;
  readonly cloud: CloudName;
  readonly save?: string;
  readonly rules: string;
  readonly from?: string;
  readonly to?: string;
  readonly start: readonly string[];
  readonly now?: string;
  readonly closeIncidentsAfter?: number;
  readonly ingestionDelay?: string;
  readonly seed: number;
  readonly format: 'table' | 'json' | 'html';
  readonly out?: string;
  readonly writeRaised?: string;
  readonly alerts: number;
  readonly top: number;
  readonly misses: boolean;
  readonly runs?: boolean;
  readonly assume: readonly string[];
};
