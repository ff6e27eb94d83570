import { mean, sum, variance } from './series-values.ts';

export type Fit = {
  readonly rsquare: number;
  readonly variance: number;
  /** The variance of what the fit leaves over. */
  readonly rvariance: number;
  readonly fitted: readonly number[];
};

export type LineFit = Fit & { readonly slope: number; readonly interception: number };

/** The least-squares line through values at 0, 1, 2, … */
export function fitLine(values: readonly number[]): LineFit {
  const center = (values.length - 1) / 2;
  const average = mean(values);
  const spread = sum(values.map((_, x) => (x - center) ** 2));
  const slope = spread === 0 ? 0 : sum(values.map((y, x) => (x - center) * (y - average))) / spread;
  const interception = average - slope * center;
  return {
    slope,
    interception,
    ...describeFit(
      values,
      values.map((_, x) => interception + slope * x),
    ),
  };
}

/** What a fit explains; a series without variance is explained in full. */
export function describeFit(values: readonly number[], fitted: readonly number[]): Fit {
  const total = variance(values);
  const residual =
    values.length < 2 ? 0 : sum(values.map((y, i) => (y - (fitted[i] as number)) ** 2)) / (values.length - 1);
  return { rsquare: total === 0 ? 1 : 1 - residual / total, variance: total, rvariance: residual, fitted };
}

export type TwoLineFit = Fit & { readonly split: number; readonly left: LineFit; readonly right: LineFit };

/** Two lines, before and from a split, with the largest rsquare together; null of fewer than four values. */
export function fitTwoLines(values: readonly number[]): TwoLineFit | null {
  let best: TwoLineFit | null = null;
  for (let split = 2; split <= values.length - 2; split++) {
    const [left, right] = [fitLine(values.slice(0, split)), fitLine(values.slice(split))];
    const fit = describeFit(values, [...left.fitted, ...right.fitted]);
    if (best === null || fit.rsquare > best.rsquare) best = { ...fit, split, left, right };
  }
  return best;
}

/** The least-squares polynomial, coefficients from the highest power down; null where the points do not determine it. */
export function fitPolynomial(xs: readonly number[], ys: readonly number[], degree: number): number[] | null {
  // Powers of numbers scaled to -1 … 1 keep the columns apart; the coefficients are scaled back at the end.
  const scale = Math.max(...xs.map(Math.abs)) || 1;
  const columns = Array.from({ length: degree + 1 }, (_, power) => xs.map((x) => (x / scale) ** power));
  const coefficients = solveLeastSquares(columns, ys);
  return coefficients?.map((value, power) => value / scale ** power).reverse() ?? null;
}

/** Solves by modified Gram-Schmidt orthogonalization, done twice; null where a column depends on the ones before it. */
function solveLeastSquares(columns: readonly (readonly number[])[], ys: readonly number[]): number[] | null {
  const basis: number[][] = [];
  const triangle: number[][] = [];
  for (const column of columns) {
    let rest = [...column];
    const row = new Array<number>(columns.length).fill(0);
    for (let pass = 0; pass < 2; pass++) {
      basis.forEach((unit, j) => {
        const share = dot(unit, rest);
        row[j] = (row[j] as number) + share;
        rest = rest.map((value, i) => value - share * (unit[i] as number));
      });
    }
    const size = Math.sqrt(dot(rest, rest));
    if (!(size > 1e-13 * Math.sqrt(dot(column, column)))) return null;
    row[basis.length] = size;
    triangle.push(row);
    basis.push(rest.map((value) => value / size));
  }
  const targets = basis.map((unit) => dot(unit, ys));
  return backSubstitute(triangle, targets);
}

/** Row j of `triangle` holds how column j is made of the basis. */
function backSubstitute(triangle: readonly (readonly number[])[], targets: readonly number[]): number[] {
  const result = [...targets];
  for (let j = targets.length - 1; j >= 0; j--) {
    for (let later = j + 1; later < targets.length; later++) {
      result[j] = (result[j] as number) - (triangle[later]?.[j] as number) * (result[later] as number);
    }
    result[j] = (result[j] as number) / (triangle[j]?.[j] as number);
  }
  return result;
}

const dot = (a: readonly number[], b: readonly number[]): number =>
  a.reduce((total, value, i) => total + value * (b[i] as number), 0);
