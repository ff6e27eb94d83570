import { type KqlFragment, kql } from '../kql.ts';

/**
 * One row per query parameter of `Url`: adds `BareUrl`, `Parameter` and `Value`.
 * `parse_url` would keep one value of a parameter that a request repeats (?id=1&id=2), which is how a batch of guesses
 * is sent in one call. Values stay as they were sent: decoding could only make two of them equal.
 */
export const withQueryParameters: KqlFragment = kql`
  | extend BareUrl = tostring(split(Url, "?")[0])
  | mv-expand Pair = split(substring(Url, strlen(BareUrl) + 1), "&") to typeof(string)
  | extend Parameter = tostring(split(Pair, "=")[0])
  | where isnotempty(Parameter)
  | extend Value = substring(Pair, strlen(Parameter) + 1)`;
