import { readFile } from 'node:fs/promises';
import { defaultPackConfig, type PackConfig, PackConfigError } from '../src/content/pack-config.ts';
import { lineOfSetting, parsePackConfig } from '../src/content/pack-config-file.ts';
import { UsageError } from './usage-error.ts';

const defaultFile = 'pack.config.yaml';

/**
 * What `use` makes of the configuration in `file`; without a file, of pack.config.yaml where there is one.
 * A setting that cannot be used ends in one message with file, line and what to do.
 * @throws UsageError
 */
export async function withConfigFile<Result>(
  file: string | undefined,
  use: (config: PackConfig) => Result,
): Promise<Result> {
  const text = await readConfigText(file);
  if (text === undefined) {
    return use(defaultPackConfig);
  }
  try {
    return use(parsePackConfig(text));
  } catch (error) {
    if (error instanceof PackConfigError) {
      const line = lineOfSetting(text, error.path);
      throw new UsageError(`${file ?? defaultFile}:${line}: ${error.message}`, error.hint);
    }
    throw error;
  }
}

/** The text of the configuration, or undefined where no file is named and none exists. */
export async function readConfigText(file: string | undefined): Promise<string | undefined> {
  try {
    return await readFile(file ?? defaultFile, 'utf8');
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (file === undefined && code === 'ENOENT') {
      return undefined;
    }
    throw new UsageError(`${file ?? defaultFile} cannot be read (${code})`, 'Name a YAML file with --config.');
  }
}
