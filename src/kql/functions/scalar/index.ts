import type { ScalarFunction } from '../scalar-function.ts';
import { arithmetic } from './arithmetic.ts';
import { around } from './around.ts';
import { bins } from './bin.ts';
import { binaryFunctions } from './binary.ts';
import { comparisons } from './comparison.ts';
import { conditionals } from './conditional.ts';
import { conversions } from './conversion.ts';
import { unitConversions } from './convert-units.ts';
import { currentTime } from './current-time.ts';
import { datetimeArithmetic } from './datetime-arithmetic.ts';
import { datetimeFormat } from './datetime-format.ts';
import { datetimeMake } from './datetime-make.ts';
import { datetimeParts } from './datetime-parts.ts';
import { datetimePeriods } from './datetime-periods.ts';
import { distributions } from './distributions.ts';
import { dynamicAccess } from './dynamic-access.ts';
import { geoPoints } from './geo-points.ts';
import { geohashes } from './geohash.ts';
import { ipv4Functions } from './ipv4.ts';
import { ipv4Searches } from './ipv4-search.ts';
import { ipv6Functions } from './ipv6.ts';
import { logical } from './logical.ts';
import { memberships } from './membership.ts';
import { realMath } from './real-math.ts';
import { rounding } from './rounding.ts';
import { sketchFunctions } from './sketches.ts';
import { termSearches } from './term-search.ts';
import { textBasics } from './text-basics.ts';
import { textExtracts } from './text-extract.ts';
import { textMatches } from './text-match.ts';
import { textParts } from './text-parts.ts';
import { timeZoneFunctions } from './time-zones.ts';
import { trigonometry } from './trigonometry.ts';
import { tupleItem } from './tuple-item.ts';
import { urlParts } from './url-parts.ts';

/** Every scalar function and operator, family by family. */
export const scalarFunctions: readonly ScalarFunction[] = [
  ...arithmetic,
  ...comparisons,
  ...logical,
  ...conditionals,
  ...conversions,
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
  ...geoPoints,
  ...geohashes,
  ...ipv4Functions,
  ...ipv4Searches,
  ...ipv6Functions,
  ...timeZoneFunctions,
  ...trigonometry,
  ...unitConversions,
  around,
];
