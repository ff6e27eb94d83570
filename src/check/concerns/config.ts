import { definitions } from '../../content/index.ts';
import { type PackConfig, PackConfigError } from '../../content/pack-config.ts';
import { lineOfSetting, parsePackConfig } from '../../content/pack-config-file.ts';
import { generatePack } from '../../emit/generate-pack.ts';
import type { Check } from '../check.ts';
import type { ContentFile } from '../content-file.ts';
import { type Issue, issue } from '../issue.ts';

export const configPath = 'pack.config.yaml';

/** Every setting of pack.config.yaml is known and can be used. */
export const config: Check = {
  name: 'configuration',
  run: ({ files }) => files.filter(({ path }) => path === configPath).flatMap(settingIssues),
};

function settingIssues({ path, text }: ContentFile): readonly Issue[] {
  try {
    tryConfig(parsePackConfig(text));
    return [];
  } catch (error) {
    if (error instanceof PackConfigError) {
      const place = { path, line: lineOfSetting(text, error.path) };
      return [issue('config-setting', place, error.message, error.hint)];
    }
    throw error;
  }
}

function tryConfig(settings: PackConfig): void {
  generatePack(definitions, settings);
}
