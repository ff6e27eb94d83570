/**
 * A span as ISO 8601 writes it in its one canonical form: 70 minutes are PT1H10M, 14 days P14D. The service answers with
 * this form, so any other would show as a change for ever.
 */
export function isoDuration(minutes: number): string {
  const days = Math.floor(minutes / 1440);
  const hours = Math.floor((minutes % 1440) / 60);
  const rest = minutes % 60;
  const time = `${hours === 0 ? '' : `${hours}H`}${rest === 0 ? '' : `${rest}M`}`;
  return `P${days === 0 ? '' : `${days}D`}${time === '' ? '' : `T${time}`}`;
}
