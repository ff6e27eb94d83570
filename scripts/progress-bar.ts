const CELLS = 30;

export type ProgressBar = {
  /** @param share of the work, from 0 to 1 */
  readonly show: (share: number, text: string) => void;
  readonly clear: () => void;
};

/** One line on a terminal that is written over, ten times a second at most; nothing where there is no terminal. */
export function createProgressBar(stream: NodeJS.WriteStream): ProgressBar {
  if (!stream.isTTY) return { show: () => undefined, clear: () => undefined };
  let shownMs = Number.NEGATIVE_INFINITY;
  return {
    show(share, text) {
      const nowMs = performance.now();
      if (nowMs - shownMs < 100) return;
      shownMs = nowMs;
      const filled = Math.round(Math.min(1, share) * CELLS);
      const line = `${'█'.repeat(filled)}${'░'.repeat(CELLS - filled)} ${String(Math.floor(share * 100)).padStart(3)} %  ${text}`;
      stream.write(`\r\u001b[2K${line.slice(0, stream.columns - 1)}`);
    },
    clear: () => stream.write('\r\u001b[2K'),
  };
}
