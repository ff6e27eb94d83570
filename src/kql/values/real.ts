/**
 * A real as the service prints it: the shortest digits that round-trip, always with a fraction (`1.0`), an exponent
 * in .NET's spelling (`1E+20`, `1E-05`), and `NaN`, `Infinity`, `-Infinity`.
 */
export function formatReal(value: number): string {
  if (!Number.isFinite(value)) return String(value);
  if (value === 0) return Object.is(value, -0) ? '-0.0' : '0.0';
  const [digits, exponentText] = value.toExponential().split('e') as [string, string];
  const exponent = Number(exponentText);
  if (exponent >= 15 || exponent < -5) {
    const size = String(Math.abs(exponent)).padStart(2, '0');
    return `${digits}E${exponent < 0 ? '-' : '+'}${size}`;
  }
  const plain = exponent < -6 ? value.toFixed(20) : String(value);
  return plain.includes('.') ? plain : `${plain}.0`;
}
