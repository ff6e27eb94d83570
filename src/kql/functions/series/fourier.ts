/** A complex series as two arrays of one length. */
export type Complex = { readonly real: Float64Array; readonly imaginary: Float64Array };

/** The discrete Fourier transform of any length, unscaled. */
export function transform(input: Complex): Complex {
  const size = input.real.length;
  return size > 0 && (size & (size - 1)) === 0 ? radixTwo(input) : bluestein(input);
}

/** The inverse transform, scaled so that it undoes `transform`. */
export function inverseTransform({ real, imaginary }: Complex): Complex {
  const size = real.length;
  // Swapping the parts before and after turns the forward transform into the backward one.
  const swapped = transform({ real: imaginary, imaginary: real });
  return { real: swapped.imaginary.map((v) => v / size), imaginary: swapped.real.map((v) => v / size) };
}

/** Cooley and Tukey's iterative algorithm for a power of two. */
function radixTwo(input: Complex): Complex {
  const size = input.real.length;
  const real = new Float64Array(size);
  const imaginary = new Float64Array(size);
  for (let i = 0, reversed = 0; i < size; i++) {
    real[reversed] = input.real[i] as number;
    imaginary[reversed] = input.imaginary[i] as number;
    let bit = size >> 1;
    for (; bit > 0 && (reversed & bit) !== 0; bit >>= 1) reversed ^= bit;
    reversed |= bit;
  }
  for (let width = 2; width <= size; width *= 2) butterflies(real, imaginary, width);
  return { real, imaginary };
}

function butterflies(real: Float64Array, imaginary: Float64Array, width: number): void {
  const half = width / 2;
  for (let offset = 0; offset < half; offset++) {
    const angle = (-2 * Math.PI * offset) / width;
    const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
    for (let even = offset; even < real.length; even += width) {
      const odd = even + half;
      const [oddReal, oddImaginary] = [real[odd] as number, imaginary[odd] as number];
      const turnedReal = oddReal * cos - oddImaginary * sin;
      const turnedImaginary = oddReal * sin + oddImaginary * cos;
      const [evenReal, evenImaginary] = [real[even] as number, imaginary[even] as number];
      real[even] = evenReal + turnedReal;
      imaginary[even] = evenImaginary + turnedImaginary;
      real[odd] = evenReal - turnedReal;
      imaginary[odd] = evenImaginary - turnedImaginary;
    }
  }
}

/** Bluestein's algorithm: a transform of any length as a convolution, by transforms of a power of two. */
function bluestein({ real, imaginary }: Complex): Complex {
  const size = real.length;
  let padded = 1;
  while (padded < 2 * size) padded *= 2;
  const chirp = Array.from({ length: size }, (_, i) => {
    // The square is taken modulo 2·size, so that the angle keeps its digits.
    const angle = (Math.PI * ((i * i) % (2 * size))) / size;
    return { cos: Math.cos(angle), sin: Math.sin(angle) };
  });
  const signal = { real: new Float64Array(padded), imaginary: new Float64Array(padded) };
  const filter = { real: new Float64Array(padded), imaginary: new Float64Array(padded) };
  chirp.forEach(({ cos, sin }, i) => {
    signal.real[i] = (real[i] as number) * cos + (imaginary[i] as number) * sin;
    signal.imaginary[i] = (imaginary[i] as number) * cos - (real[i] as number) * sin;
    for (const at of i === 0 ? [0] : [i, padded - i]) {
      filter.real[at] = cos;
      filter.imaginary[at] = sin;
    }
  });
  const product = inverseTransform(multiply(transform(signal), transform(filter)));
  const result = { real: new Float64Array(size), imaginary: new Float64Array(size) };
  chirp.forEach(({ cos, sin }, i) => {
    const [re, im] = [product.real[i] as number, product.imaginary[i] as number];
    result.real[i] = re * cos + im * sin;
    result.imaginary[i] = im * cos - re * sin;
  });
  return result;
}

const multiply = (a: Complex, b: Complex): Complex => ({
  real: a.real.map((re, i) => re * (b.real[i] as number) - (a.imaginary[i] as number) * (b.imaginary[i] as number)),
  imaginary: a.real.map(
    (re, i) => re * (b.imaginary[i] as number) + (a.imaginary[i] as number) * (b.real[i] as number),
  ),
});

/** The power of each frequency of a real series, from 0 to half its length. */
export function periodogram(values: readonly number[]): number[] {
  const { real, imaginary } = transform(realSeries(values));
  const half = Math.floor(values.length / 2);
  return Array.from({ length: half + 1 }, (_, k) => (real[k] as number) ** 2 + (imaginary[k] as number) ** 2);
}

/** The autocorrelation at each lag of a real series that is taken to repeat itself. */
export function circularAutocorrelation(values: readonly number[]): number[] {
  const { real, imaginary } = transform(realSeries(values));
  const power = real.map((re, k) => re * re + (imaginary[k] as number) ** 2);
  const { real: correlation } = inverseTransform({ real: power, imaginary: new Float64Array(power.length) });
  const total = correlation[0] as number;
  return Array.from(correlation, (value) => value / total);
}

export const realSeries = (values: readonly number[]): Complex => ({
  real: Float64Array.from(values),
  imaginary: new Float64Array(values.length),
});
