/**
 * The rules' own parameters where nobody overrides them: an attack is labelled to be detected where it reaches them. They
 * stand here a second time because labels must not follow a rule that changes by accident; a test compares the two.
 */
export const thresholds = {
  'api-traffic-population-spike': { deviations: 6, minimumCalls: 200, minimumBaselineWindows: 36 },
  'api-traffic-single-address-spike': { multiple: 50, minimumCalls: 100, minimumBaselineWindows: 36 },
  'api-distributed-parameter-enumeration': {
    deviations: 6,
    minimumValues: 1000,
    minimumAddresses: 10,
    minimumBaselineWindows: 36,
  },
  'waf-sql-injection': { minimumTransactions: 3 },
} as const;
