/**
 * How a value in a unit becomes one in the base unit of its quantity: (value + offset) × factor / divisor. Factor and
 * divisor stand apart so that ratios of whole numbers stay exact as long as they can.
 */
export type Unit = { readonly factor: number; readonly divisor: number; readonly offset: number };

type Ratio = readonly [factor: number, divisor: number];

const prefixes = {
  Nano: [1, 1e9],
  Micro: [1, 1e6],
  Milli: [1, 1e3],
  Centi: [1, 100],
  Deci: [1, 10],
  Deca: [10, 1],
  Hecto: [100, 1],
  Kilo: [1e3, 1],
  Mega: [1e6, 1],
  Giga: [1e9, 1],
  Tera: [1e12, 1],
} as const;
type Prefix = keyof typeof prefixes;

/** A unit with the prefixes that the service knows for it. */
type Row = readonly [name: string, size: number | Ratio, ...prefixes: Prefix[]];

const lowerFirst = (name: string): string => name.slice(0, 1).toLowerCase() + name.slice(1);

const linear = (...rows: readonly Row[]): ReadonlyMap<string, Unit> =>
  new Map(
    rows.flatMap(([name, size, ...known]) => {
      const [factor, divisor] = typeof size === 'number' ? [size, 1] : size;
      return [
        [name, { factor, divisor, offset: 0 }] as const,
        ...known.map((prefix) => {
          const [larger, smaller] = prefixes[prefix];
          return [
            prefix + lowerFirst(name),
            { factor: factor * larger, divisor: divisor * smaller, offset: 0 },
          ] as const;
        }),
      ];
    }),
  );

/** Base unit: degree. */
const angle = linear(
  ['Degree', 1, 'Nano', 'Micro', 'Milli'],
  ['Arcminute', [1, 60]],
  ['Arcsecond', [1, 3600]],
  ['Gradian', 0.9],
  ['NatoMil', [360, 6400]],
  ['Radian', [180, Math.PI], 'Nano', 'Micro', 'Milli', 'Centi', 'Deci'],
  ['Revolution', 360],
  ['Tilt', [180, Math.PI]],
);

/** Base unit: joule; the British thermal unit of the International Table, the calorie of thermochemistry. */
const energy = linear(
  ['Joule', 1, 'Milli', 'Kilo', 'Mega', 'Giga'],
  ['BritishThermalUnit', 1055.05585262, 'Kilo', 'Mega', 'Giga'],
  ['Calorie', 4.184, 'Kilo', 'Mega'],
  ['ElectronVolt', 1.602176565e-19, 'Kilo', 'Mega', 'Giga', 'Tera'],
  ['Erg', 1e-7],
  ['FootPound', 1.355817948],
  ['HorsepowerHour', 2.6845195377e6],
  ['ThermEc', 1.05505585262e8, 'Deca'],
  ['ThermImperial', 1.05505585257348e8, 'Deca'],
  ['ThermUs', 1.054804e8, 'Deca'],
  ['WattDay', 86_400, 'Kilo', 'Mega', 'Giga', 'Tera'],
  ['WattHour', 3600, 'Kilo', 'Mega', 'Giga', 'Tera'],
);

const POUND_FORCE = 4.4482216152605;

/** Base unit: newton. */
const force = linear(
  ['Newton', 1, 'Micro', 'Milli', 'Deca', 'Kilo', 'Mega'],
  ['Dyn', 1e-5],
  ['KilogramForce', 9.80665],
  ['KiloPond', 9.80665],
  ['OunceForce', [POUND_FORCE, 16]],
  ['Poundal', 0.138254954376],
  ['PoundForce', POUND_FORCE, 'Kilo'],
  ['ShortTonForce', POUND_FORCE * 2000],
  ['TonneForce', 9806.65],
);

/** Base unit: meter. */
const length = linear(
  ['Meter', 1, 'Nano', 'Micro', 'Milli', 'Centi', 'Deci', 'Deca', 'Hecto', 'Kilo'],
  ['Angstrom', 1e-10],
  ['AstronomicalUnit', 1.495978707e11],
  ['Chain', 20.1168],
  ['DataMile', 1828.8],
  ['DtpPica', [0.0254, 6]],
  ['DtpPoint', [0.0254, 72]],
  ['Fathom', 1.8288],
  ['Foot', 0.3048],
  ['Hand', 0.1016],
  ['Inch', 0.0254, 'Micro'],
  ['LightYear', 9.46073047258e15, 'Kilo', 'Mega'],
  ['Mil', 0.0000254],
  ['Mile', 1609.344],
  ['NauticalMile', 1852],
  ['Parsec', 3.08567758128e16, 'Kilo', 'Mega'],
  ['PrinterPica', [0.0254 * 12, 72.27]],
  ['PrinterPoint', [0.0254, 72.27]],
  ['Shackle', 27.432],
  ['SolarRadius', 6.957e8],
  ['Twip', [0.0254, 1440]],
  ['UsSurveyFoot', [1200, 3937]],
  ['Yard', 0.9144],
);

const POUND = 0.45359237;

/** Base unit: kilogram. */
const mass = linear(
  ['Gram', 1e-3, 'Nano', 'Micro', 'Milli', 'Centi', 'Deci', 'Deca', 'Hecto', 'Kilo'],
  ['EarthMass', 5.9722e24],
  ['Grain', [POUND, 7000]],
  ['LongHundredweight', POUND * 112],
  ['LongTon', POUND * 2240],
  ['Ounce', [POUND, 16]],
  ['Pound', POUND, 'Kilo', 'Mega'],
  ['ShortHundredweight', POUND * 100],
  ['ShortTon', POUND * 2000],
  ['Slug', 14.593902937206],
  ['SolarMass', 1.98947e30],
  ['Stone', POUND * 14],
  ['Tonne', 1000, 'Kilo', 'Mega'],
);

const times = [
  ['PerSecond', 1],
  ['PerMinute', 60],
  ['PerHour', 3600],
] as const;

/** A length as a speed for each unit of time. */
const speeds = (name: string, [factor, divisor]: Ratio, known: readonly (readonly Prefix[])[] = []): readonly Row[] =>
  times.map(([suffix, seconds], index): Row => [name + suffix, [factor, divisor * seconds], ...(known[index] ?? [])]);

/** Base unit: meter per second. */
const speed = linear(
  ...speeds(
    'Meter',
    [1, 1],
    [
      ['Nano', 'Micro', 'Milli', 'Centi', 'Deci', 'Kilo'],
      ['Nano', 'Micro', 'Milli', 'Centi', 'Deci', 'Kilo'],
      ['Milli', 'Centi', 'Kilo'],
    ],
  ),
  ...speeds('Foot', [0.3048, 1]),
  ...speeds('Inch', [0.0254, 1]),
  ...speeds('UsSurveyFoot', [1200, 3937]),
  ...speeds('Yard', [0.9144, 1]),
  ['Knot', [1852, 3600]],
  ['MilePerHour', 0.44704],
);

/** Base unit: kelvin. */
const temperature: ReadonlyMap<string, Unit> = new Map([
  ['Kelvin', { factor: 1, divisor: 1, offset: 0 }],
  ['DegreeCelsius', { factor: 1, divisor: 1, offset: 273.15 }],
  ['DegreeDelisle', { factor: -2, divisor: 3, offset: -559.725 }],
  ['DegreeFahrenheit', { factor: 5, divisor: 9, offset: 459.67 }],
  ['DegreeNewton', { factor: 100, divisor: 33, offset: 90.1395 }],
  ['DegreeRankine', { factor: 5, divisor: 9, offset: 0 }],
  ['DegreeReaumur', { factor: 5, divisor: 4, offset: 218.52 }],
  ['DegreeRoemer', { factor: 40, divisor: 21, offset: 135.90375 }],
  ['MillidegreeCelsius', { factor: 1, divisor: 1000, offset: 273150 }],
  ['SolarTemperature', { factor: 5778, divisor: 1, offset: 0 }],
]);

const CUBIC_FOOT = 0.028316846592;
const US_GALLON = 0.003785411784;
const IMPERIAL_GALLON = 0.00454609;

/** Base unit: cubic meter. */
const volume = linear(
  ['CubicMeter', 1, 'Hecto', 'Kilo'],
  ['Liter', 1e-3, 'Micro', 'Milli', 'Centi', 'Deci', 'Deca', 'Hecto', 'Kilo', 'Mega'],
  ['CubicCentimeter', 1e-6],
  ['CubicDecimeter', 1e-3],
  ['CubicHectometer', 1e6],
  ['CubicKilometer', 1e9],
  ['CubicMicrometer', 1e-18],
  ['CubicMillimeter', 1e-9],
  // The service's own figure, with nine digits.
  ['AcreFoot', [1, 0.000810714]],
  ['AuTablespoon', 2e-5],
  ['BoardFoot', [CUBIC_FOOT, 12]],
  ['CubicFoot', CUBIC_FOOT, 'Hecto', 'Kilo', 'Mega'],
  ['CubicInch', 1.6387064e-5],
  ['CubicMile', 1609.344 ** 3],
  ['CubicYard', 0.764554857984],
  ['ImperialBeerBarrel', IMPERIAL_GALLON * 36],
  ['ImperialGallon', IMPERIAL_GALLON, 'Kilo', 'Mega'],
  ['ImperialOunce', [IMPERIAL_GALLON, 160]],
  ['ImperialPint', [IMPERIAL_GALLON, 8]],
  ['MetricCup', 2.5e-4],
  ['MetricTeaspoon', 5e-6],
  ['OilBarrel', US_GALLON * 42],
  ['UkTablespoon', 1.5e-5],
  ['UsBeerBarrel', US_GALLON * 31],
  ['UsCustomaryCup', [US_GALLON, 16]],
  ['UsGallon', US_GALLON, 'Deci', 'Deca', 'Hecto', 'Kilo', 'Mega'],
  ['UsLegalCup', 2.4e-4],
  ['UsOunce', [US_GALLON, 128]],
  ['UsPint', [US_GALLON, 8]],
  ['UsQuart', [US_GALLON, 4]],
  ['UsTablespoon', [US_GALLON, 256]],
  ['UsTeaspoon', [US_GALLON, 768]],
);

/** The units of every quantity, by the service's names. */
export const unitTables: readonly (readonly [quantity: string, units: ReadonlyMap<string, Unit>])[] = [
  ['angle', angle],
  ['energy', energy],
  ['force', force],
  ['length', length],
  ['mass', mass],
  ['speed', speed],
  ['temperature', temperature],
  ['volume', volume],
];
