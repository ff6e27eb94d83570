import assert from 'node:assert/strict';
import { createProgressBar } from '../../scripts/progress-bar.ts';

/** What a bar writes to a stream of 50 columns. */
function written(isTTY: boolean, use: (bar: ReturnType<typeof createProgressBar>) => void): readonly string[] {
  const parts: string[] = [];
  const stream = { isTTY, columns: 50, write: (text: string) => parts.push(text) > 0 };
  use(createProgressBar(stream as unknown as NodeJS.WriteStream));
  return parts;
}

describe('the progress bar', () => {
  it('fills with the share that is done, says what, and fits in the line', () => {
    const [line = ''] = written(true, (bar) => bar.show(0.5, '3 of 6 waf-sql-injection/quiet-at-two-transactions'));
    assert.equal(line, `\r\u001b[2K${'█'.repeat(15)}${'░'.repeat(15)}  50 %  3 of 6 waf-`);
  });

  it('is not written again at once, and is wiped away in the end', () => {
    const parts = written(true, (bar) => {
      bar.show(0.1, 'a');
      bar.show(0.2, 'b');
      bar.clear();
    });
    assert.deepEqual([parts.length, parts.at(-1)], [2, '\r\u001b[2K']);
  });

  it('is not there where nobody looks', () => {
    const use = (bar: ReturnType<typeof createProgressBar>): void => {
      bar.show(0.1, 'a');
      bar.clear();
    };
    assert.deepEqual(written(false, use), []);
  });
});
