/** Values become text of alerts in the spelling of KQL's tostring(); this is the one place that says so. */
export { formatValue } from '../kql/index.ts';
