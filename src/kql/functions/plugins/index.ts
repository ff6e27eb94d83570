import type { Plugin } from '../plugin.ts';
import { activeUsersCount } from './active-users-count.ts';
import { activityCountsMetrics } from './activity-counts-metrics.ts';
import { activityEngagement } from './activity-engagement.ts';
import { activityMetrics } from './activity-metrics.ts';
import { bagUnpack } from './bag-unpack.ts';
import { basket } from './basket.ts';
import { dcountIntersect } from './dcount-intersect.ts';
import { funnelSequence } from './funnel-sequence.ts';
import { funnelSequenceCompletion } from './funnel-sequence-completion.ts';
import { ipLookups } from './ip-lookup.ts';
import { narrow } from './narrow.ts';
import { newActivityMetrics } from './new-activity-metrics.ts';
import { identity, preview } from './pass-through.ts';
import { pivot } from './pivot.ts';
import { rollingPercentile } from './rolling-percentile.ts';
import { rowsNear } from './rows-near.ts';
import { schemaMerge } from './schema-merge.ts';
import { sequenceDetect } from './sequence-detect.ts';
import { sessionCount } from './session-count.ts';
import { slidingWindowCounts } from './sliding-window-counts.ts';

/** Every plugin of the evaluate operator that the engine runs; refused-plugins.ts lists those that it refuses. */
export const plugins: readonly Plugin[] = [
  activeUsersCount,
  activityCountsMetrics,
  activityEngagement,
  activityMetrics,
  bagUnpack,
  basket,
  dcountIntersect,
  funnelSequence,
  funnelSequenceCompletion,
  identity,
  ...ipLookups,
  narrow,
  newActivityMetrics,
  pivot,
  preview,
  rollingPercentile,
  rowsNear,
  schemaMerge,
  sequenceDetect,
  sessionCount,
  slidingWindowCounts,
];
