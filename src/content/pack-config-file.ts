import { isNode, LineCounter, parseDocument } from 'yaml';
import { type PackConfig, PackConfigError, readPackConfig } from './pack-config.ts';

/**
 * The configuration in the text of a pack.config.yaml; an empty text is the default configuration.
 * @throws PackConfigError
 */
export function parsePackConfig(text: string): PackConfig {
  const document = parseDocument(text);
  const [error] = document.errors;
  if (error !== undefined) {
    throw new PackConfigError('config-shape', [], error.message.split('\n')[0] ?? '', 'Correct the YAML.');
  }
  return readPackConfig(document.toJS());
}

/** The line (from 1) of a setting, or of the nearest setting around it that the text holds. */
export function lineOfSetting(text: string, path: readonly string[]): number {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines });
  const syntaxError = document.errors[0]?.linePos?.[0].line;
  if (syntaxError !== undefined) {
    return syntaxError;
  }
  for (let length = path.length; length > 0; length -= 1) {
    const keys = path.slice(0, length).map((key) => (/^\d+$/.test(key) ? Number(key) : key));
    const node = document.hasIn(keys) ? document.getIn(keys, true) : undefined;
    if (isNode(node) && node.range) {
      return lines.linePos(node.range[0]).line;
    }
  }
  return 1;
}
