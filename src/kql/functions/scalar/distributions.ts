import type { ScalarFunction } from '../scalar-function.ts';
import { erf, erfc, gamma, incompleteBeta, inverseIncompleteBeta, logBeta, logGamma } from '../special-functions.ts';
import { realFunction } from './real-math.ts';

type BetaFunction = (x: number, alpha: number, beta: number) => number | null;

/** Beyond it, and at zero or below, a parameter of the distribution makes the result NaN. */
const LARGEST_SHAPE = 10_000;
const isShape = (parameter: number): boolean => parameter > 0 && parameter <= LARGEST_SHAPE;

const betaFunction = (name: string, parameter: string, summary: string, compute: BetaFunction): ScalarFunction => ({
  name,
  signature: `${name}(${parameter}: real, alpha: real, beta: real): real`,
  summary,
  page: `${name.replace('_', '-')}-function`,
  overloads: [
    {
      parameters: ['real', 'real', 'real'],
      returns: 'real',
      evaluate: (x: number, alpha: number, beta: number) =>
        isShape(alpha) && isShape(beta) ? compute(x, alpha, beta) : Number.NaN,
    },
  ],
});

/** The density; at the ends of the interval it may be infinite. */
const density: BetaFunction = (x, alpha, beta) => {
  if (!(x >= 0 && x <= 1)) return Number.NaN;
  const power = (base: number, exponent: number): number => (exponent === 0 ? 0 : exponent * Math.log(base));
  return Math.exp(power(x, alpha - 1) + power(1 - x, beta - 1) - logBeta(alpha, beta));
};

/** The two-sided p-value of Welch's t-test, through Student's t distribution. */
function welchTest(mean1: number, variance1: number, count1: number, mean2: number, variance2: number, count2: number) {
  const [error1, error2] = [variance1 / count1, variance2 / count2];
  const t = (mean1 - mean2) / Math.sqrt(error1 + error2);
  const freedom = (error1 + error2) ** 2 / (error1 ** 2 / (count1 - 1) + error2 ** 2 / (count2 - 1));
  return incompleteBeta(freedom / (freedom + t * t), freedom / 2, 0.5);
}

export const distributions: readonly ScalarFunction[] = [
  realFunction('gamma', 'The gamma function; NaN at its poles.', gamma),
  realFunction('loggamma', 'The logarithm of the absolute value of the gamma function.', logGamma),
  realFunction('erf', 'The error function.', erf),
  realFunction('erfc', 'The complementary error function.', erfc),
  betaFunction('beta_cdf', 'x', 'The cumulative beta distribution; NaN outside 0 to 1.', (x, alpha, beta) =>
    x >= 0 && x <= 1 ? incompleteBeta(x, alpha, beta) : Number.NaN,
  ),
  betaFunction('beta_pdf', 'x', 'The density of the beta distribution; NaN outside 0 to 1.', density),
  betaFunction(
    'beta_inv',
    'probability',
    'The value whose cumulative beta distribution is a probability.',
    (p, a, b) => (p >= 0 && p <= 1 ? inverseIncompleteBeta(p, a, b) : null),
  ),
  {
    name: 'welch_test',
    signature: 'welch_test(mean1, variance1, count1, mean2, variance2, count2): real',
    summary: "The two-sided p-value of Welch's t-test.",
    page: 'welch-test-function',
    overloads: [{ parameters: ['real', 'real', 'real', 'real', 'real', 'real'], returns: 'real', evaluate: welchTest }],
  },
];
