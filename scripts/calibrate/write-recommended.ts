import { rename, writeFile } from 'node:fs/promises';
import { type Calibration, describeSetting } from '../../src/calibrate/calibrate.ts';
import { CalibrateError } from '../../src/calibrate/calibrate-error.ts';
import { withParameters } from '../../src/calibrate/write-settings.ts';
import { readConfigText } from '../config-file.ts';
import { UsageError } from '../usage-error.ts';

/** Puts the recommended values into the configuration, in one step, and says so. */
export async function writeRecommended(calibration: Calibration, file = 'pack.config.yaml'): Promise<string> {
  const { slug, recommendation } = calibration;
  const { setting } = recommendation.measurement;
  const text = (await readConfigText(file === 'pack.config.yaml' ? undefined : file)) ?? '';
  try {
    const draft = `${file}.draft`;
    await writeFile(draft, withParameters(text, slug, setting));
    await rename(draft, file);
  } catch (error) {
    if (error instanceof CalibrateError) throw new UsageError(`${file}: ${error.message}`, error.hint);
    throw error;
  }
  return `${file}: ${slug} has ${describeSetting(setting)}. Run: npm run -s pack -- generate`;
}
