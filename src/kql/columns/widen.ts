/** The numbers in an array of the length given, zeros behind them. */
export function widen(data: Int32Array<ArrayBuffer>, length: number): Int32Array<ArrayBuffer> {
  const wider = new Int32Array(length);
  wider.set(data);
  return wider;
}
