import assert from 'node:assert/strict';
import fc from 'fast-check';
import { decompose } from '../../../src/kql/functions/series/decomposition.ts';
import {
  circularAutocorrelation,
  inverseTransform,
  realSeries,
  transform,
} from '../../../src/kql/functions/series/fourier.ts';
import { fencesNamed, outlierScores } from '../../../src/kql/functions/series/outliers.ts';
import { detectPeriods, periodScore } from '../../../src/kql/functions/series/periods.ts';
import { fitLine, fitPolynomial, fitTwoLines } from '../../../src/kql/functions/series/regression.ts';

const value = fc.double({ min: -1000, max: 1000, noNaN: true });
const values = (minLength: number) => fc.array(value, { minLength, maxLength: 60 });

const assertClose = (actual: readonly number[], expected: readonly number[], tolerance = 1e-7): void => {
  assert.equal(actual.length, expected.length);
  actual.forEach((item, index) => {
    assert.ok(Math.abs(item - (expected[index] as number)) <= tolerance, `${item} and ${expected[index]} at ${index}`);
  });
};

describe('The Fourier transform', () => {
  it('is undone by its inverse, for any length', () => {
    fc.assert(
      fc.property(values(1), (series) => {
        const back = inverseTransform(transform(realSeries(series)));
        assertClose(Array.from(back.real), series);
        assertClose(
          Array.from(back.imaginary),
          series.map(() => 0),
        );
      }),
    );
  });

  it('gives the sums of its definition', () => {
    fc.assert(
      fc.property(fc.array(value, { minLength: 1, maxLength: 12 }), (series) => {
        const { real } = transform(realSeries(series));
        const expected = series.map((_, k) =>
          series.reduce((total, v, i) => total + v * Math.cos((2 * Math.PI * k * i) / series.length), 0),
        );
        assertClose(Array.from(real), expected);
      }),
    );
  });

  it('correlates a series with itself as the definition does', () => {
    fc.assert(
      fc.property(values(2), (series) => {
        const total = series.reduce((all, v) => all + v * v, 0);
        if (total < 1) return;
        const expected = series.map(
          (_, lag) => series.reduce((all, v, i) => all + v * (series[(i + lag) % series.length] as number), 0) / total,
        );
        assertClose(circularAutocorrelation(series), expected);
      }),
    );
  });
});

describe('Periods', () => {
  const repeat = (pattern: readonly number[], times: number) =>
    Array.from({ length: pattern.length * times }, (_, i) => pattern[i % pattern.length] as number);
  const day = [1, 1, 1, 2, 4, 8, 9, 9, 8, 6, 3, 1];

  it('are found in a pattern that repeats itself, with the full score', () => {
    const [best] = detectPeriods(repeat(day, 10), 0, 60);
    assert.equal(best?.period, 12);
    assertClose([best?.score ?? 0], [1], 1e-12);
    assertClose([periodScore(repeat(day, 10), 12)], [1], 1e-12);
  });

  it('are found in three weeks of days', () => {
    const [best, ...others] = detectPeriods(repeat([10, 10, 10, 10, 10, 2, 2], 3), 0, 10);
    assert.deepEqual([best?.period, others], [7, []]);
    assertClose([best?.score ?? 0], [1], 1e-12);
  });

  it('are not found outside the bounds, in a constant, or in half of a short series', () => {
    assert.deepEqual(detectPeriods(repeat(day, 10), 13, 20), []);
    assert.deepEqual(detectPeriods(new Array<number>(50).fill(3), 0, 25), []);
    assert.deepEqual(detectPeriods([1, 3, 5, 2, 4, 6, 1, 3, 5, 2, 4, 6], 0, 12), []);
  });

  it('score 0 below four points, beyond half of the series, and where there is no hill', () => {
    assert.deepEqual(
      [3, 61, 7].map((period) => periodScore(repeat(day, 10), period)),
      [0, 0, 0],
    );
  });
});

describe('Regression', () => {
  it('finds the line that the points lie on', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 50 }),
        value,
        fc.integer({ min: 2, max: 40 }),
        (slope, interception, length) => {
          const fit = fitLine(Array.from({ length }, (_, x) => interception + slope * x));
          assertClose([fit.slope, fit.interception, fit.rsquare], [slope, interception, 1], 1e-6);
        },
      ),
    );
  });

  it('finds where a line breaks', () => {
    const broken = [0, 1, 2, 3, 4, 20, 18, 16, 14, 12];
    const fit = fitTwoLines(broken);
    assert.deepEqual([fit?.split, fit?.left.slope, fit?.right.slope], [5, 1, -2]);
    assert.equal(fitTwoLines([0, 1, 2, 3, 4, 9, 8])?.split, 5, 'two points are a line');
    assert.equal(fitTwoLines([0, 1, 2]), null);
  });

  it('finds a polynomial, and none through too few points', () => {
    const xs = [-3, -1, 0, 2, 5, 7];
    const cubic = xs.map((x) => 2 * x ** 3 - x + 4);
    assertClose(fitPolynomial(xs, cubic, 3) ?? [], [2, 0, -1, 4], 1e-9);
    assert.equal(fitPolynomial([1, 1, 1], [1, 2, 3], 1), null);
  });
});

describe('Decomposition', () => {
  it('adds up to the series again', () => {
    const options = fc.record({
      seasonality: fc.constantFrom(-1, 0, 2, 7),
      trend: fc.constantFrom('avg', 'linefit', 'none'),
      testPoints: fc.integer({ min: 0, max: 5 }),
    });
    fc.assert(
      fc.property(values(6), options, (series, chosen) => {
        const { baseline, seasonal, trend, residual } = decompose(series, {
          ...chosen,
          seasonalityThreshold: 0.6,
        } as never);
        assertClose(
          seasonal.map((v, i) => v + (trend[i] as number)),
          baseline,
        );
        assertClose(
          baseline.map((v, i) => v + (residual[i] as number)),
          series,
        );
      }),
    );
  });

  it('does not learn from the points to test', () => {
    fc.assert(
      fc.property(values(10), values(3), (learned, tested) => {
        const options = {
          seasonality: 3,
          trend: 'linefit',
          testPoints: tested.length,
          seasonalityThreshold: 0.6,
        } as const;
        const zeros = tested.map(() => 0);
        assert.deepEqual(
          decompose([...learned, ...tested], options).baseline,
          decompose([...learned, ...zeros], options).baseline,
        );
      }),
    );
  });
});

describe('Outlier scores', () => {
  it('keep the sign of the side and grow with the distance', () => {
    fc.assert(
      fc.property(values(5), (series) => {
        const scores = outlierScores(series, fencesNamed('ctukey'), 0);
        const order = series.map((v, i) => ({ v, score: scores[i] as number })).sort((a, b) => a.v - b.v);
        assert.ok(order.every(({ score }, i) => i === 0 || score >= (order[i - 1]?.score as number)));
      }),
    );
  });

  it('do not change when the series is moved or stretched', () => {
    const series = [3, 1, 4, 1, 5, 9, 2, 6, 5, 30];
    const scores = outlierScores(series, fencesNamed('tukey'), 0);
    assertClose(
      outlierScores(
        series.map((v) => 10 * v - 7),
        fencesNamed('tukey'),
        0,
      ),
      scores,
      1e-12,
    );
  });
});
