/** Aggregates that the parser knows and the engine refuses, with the reason. */
export const refusedAggregates: Readonly<Record<string, string>> = {
  passthrough: 'it is internal to the service',
};
