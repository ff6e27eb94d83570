export type ProgressBar = {
  readonly show: (done: number, total: number, what: string) => void;
  readonly clear: () => void;
};

const BAR_CHARACTERS = 24;
const SHOWN_EVERY_MS = 50;

/** A bar on a terminal that is written over, twenty times a second at most; nothing where there is no terminal. */
export function createProgressBar(stream: NodeJS.WriteStream): ProgressBar {
  if (!stream.isTTY) return { show: () => undefined, clear: () => undefined };
  let shownMs = Number.NEGATIVE_INFINITY;
  return {
    show(done, total, what) {
      const nowMs = performance.now();
      if (nowMs - shownMs < SHOWN_EVERY_MS) return;
      shownMs = nowMs;
      stream.write(`\r\u001b[2K${formatBar(done, total, what).slice(0, stream.columns - 1)}`);
    },
    clear: () => stream.write('\r\u001b[2K'),
  };
}

/** `[########----------------] 38/114 waf-sql-injection/quiet-at-two-transactions` */
export function formatBar(done: number, total: number, what: string): string {
  const filled = total === 0 ? BAR_CHARACTERS : Math.round((done / total) * BAR_CHARACTERS);
  return `[${'#'.repeat(filled)}${'-'.repeat(BAR_CHARACTERS - filled)}] ${done}/${total} ${what}`.trimEnd();
}
