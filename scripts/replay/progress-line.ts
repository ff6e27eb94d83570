export type ProgressLine = { readonly show: (text: string) => void; readonly clear: () => void };

/** One line on a terminal that is written over, ten times a second at most; nothing where there is no terminal. */
export function createProgressLine(stream: NodeJS.WriteStream): ProgressLine {
  if (!stream.isTTY) return { show: () => undefined, clear: () => undefined };
  let shownMs = Number.NEGATIVE_INFINITY;
  return {
    show(text) {
      const nowMs = performance.now();
      if (nowMs - shownMs < 100) return;
      shownMs = nowMs;
      stream.write(`\r\u001b[2K${text.slice(0, stream.columns - 1)}`);
    },
    clear: () => stream.write('\r\u001b[2K'),
  };
}
