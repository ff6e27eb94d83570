import type { ScalarFunction } from '../scalar-function.ts';
import { arithmetic } from './arithmetic.ts';
import { around } from './around.ts';
import { arrayMakers } from './array-make.ts';
import { arrayOrder } from './array-order.ts';
import { arrayParts } from './array-parts.ts';
import { assertions } from './assertion.ts';
import { bags } from './bag.ts';
import { base64Functions } from './base64.ts';
import { bins } from './bin.ts';
import { binaryFunctions } from './binary.ts';
import { comparisons } from './comparison.ts';
import { compressions } from './compression.ts';
import { conditionals } from './conditional.ts';
import { conversions } from './conversion.ts';
import { unitConversions } from './convert-units.ts';
import { currentTime } from './current-time.ts';
import { dataSizes } from './data-size.ts';
import { datetimeArithmetic } from './datetime-arithmetic.ts';
import { datetimeFormat } from './datetime-format.ts';
import { datetimeMake } from './datetime-make.ts';
import { datetimeParts } from './datetime-parts.ts';
import { datetimePeriods } from './datetime-periods.ts';
import { distributions } from './distributions.ts';
import { dynamicAccess } from './dynamic-access.ts';
import { extremes } from './extremes.ts';
import { formatBytesFunction } from './format-bytes.ts';
import { geoInfoFromIpAddress } from './geo-info.ts';
import { geoPoints } from './geo-points.ts';
import { geohashes } from './geohash.ts';
import { hashes } from './hash.ts';
import { ipv4Functions } from './ipv4.ts';
import { ipv4Searches } from './ipv4-search.ts';
import { ipv6Functions } from './ipv6.ts';
import { logical } from './logical.ts';
import { memberships } from './membership.ts';
import { parseLines } from './parse-line.ts';
import { paths } from './parse-path.ts';
import { userAgents } from './parse-user-agent.ts';
import { xmlFunctions } from './parse-xml.ts';
import { punycodes } from './punycode.ts';
import { randomFunctions } from './random.ts';
import { realMath } from './real-math.ts';
import { rounding } from './rounding.ts';
import { seriesAnalyses } from './series-analysis.ts';
import { seriesElements } from './series-elements.ts';
import { seriesFills } from './series-fill.ts';
import { seriesFilters } from './series-filters.ts';
import { seriesMeasures } from './series-measures.ts';
import { sets } from './set.ts';
import { sketchFunctions } from './sketches.ts';
import { termSearches } from './term-search.ts';
import { textBasics } from './text-basics.ts';
import { textCodePoints } from './text-code-points.ts';
import { textExtracts } from './text-extract.ts';
import { textMatches } from './text-match.ts';
import { textParts } from './text-parts.ts';
import { textReplacements } from './text-replace.ts';
import { textSearches } from './text-search.ts';
import { timeZoneFunctions } from './time-zones.ts';
import { trigonometry } from './trigonometry.ts';
import { tupleItem } from './tuple-item.ts';
import { typeInspection } from './type-inspection.ts';
import { urlEncodings } from './url-encoding.ts';
import { urlParts } from './url-parts.ts';

/** Every scalar function and operator, family by family. */
export const scalarFunctions: readonly ScalarFunction[] = [
  ...arithmetic,
  ...comparisons,
  ...logical,
  ...conditionals,
  ...conversions,
  ...dataSizes,
  ...dynamicAccess,
  ...memberships,
  ...termSearches,
  ...textBasics,
  ...textExtracts,
  ...textMatches,
  ...textParts,
  ...urlParts,
  ...bins,
  ...currentTime,
  ...datetimeArithmetic,
  ...datetimeFormat,
  ...datetimeMake,
  ...datetimeParts,
  ...datetimePeriods,
  ...realMath,
  ...rounding,
  ...sketchFunctions,
  tupleItem,
  ...binaryFunctions,
  ...distributions,
  geoInfoFromIpAddress,
  ...geoPoints,
  ...geohashes,
  ...ipv4Functions,
  ...ipv4Searches,
  ...ipv6Functions,
  ...timeZoneFunctions,
  ...trigonometry,
  ...unitConversions,
  around,
  ...arrayMakers,
  ...arrayOrder,
  ...arrayParts,
  ...assertions,
  ...bags,
  ...base64Functions,
  ...compressions,
  ...extremes,
  ...hashes,
  ...parseLines,
  ...paths,
  ...xmlFunctions,
  ...punycodes,
  ...randomFunctions,
  ...sets,
  ...textCodePoints,
  ...textReplacements,
  ...textSearches,
  ...typeInspection,
  ...urlEncodings,
  ...userAgents,
  ...seriesAnalyses,
  ...seriesElements,
  ...seriesFills,
  ...seriesFilters,
  ...seriesMeasures,
  formatBytesFunction,
];
