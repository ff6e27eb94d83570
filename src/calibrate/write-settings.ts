import { isMap, parseDocument } from 'yaml';
import { CalibrateError } from './calibrate-error.ts';
import type { Setting } from './sweep.ts';

/**
 * The text of a pack.config.yaml with a rule's parameters set; comments and everything else stay as they are.
 * @throws CalibrateError `config-shape` where the text is no YAML or holds something else in the place of the settings
 */
export function withParameters(configText: string, slug: string, setting: Setting): string {
  const document = parseDocument(configText);
  const [fault] = document.errors;
  if (fault !== undefined) {
    const [message = ''] = fault.message.split('\n');
    throw new CalibrateError('config-shape', message, 'correct the YAML of the configuration');
  }
  const path = ['rules', slug, 'parameters'];
  for (let length = 1; length <= path.length; length++) {
    const keys = path.slice(0, length);
    const found = document.getIn(keys);
    if (found === undefined || found === null) document.setIn(keys, document.createNode({}));
    else if (!isMap(found)) {
      const message = `${keys.join('.')} is no mapping`;
      throw new CalibrateError('config-shape', message, 'write the settings as schemas/pack-config.schema.json says');
    }
    const map = document.getIn(keys);
    // `{}` is how an empty mapping is written; with something in it, it reads better in lines.
    if (isMap(map) && map.items.length === 0) map.flow = false;
  }
  for (const [name, value] of Object.entries(setting)) document.setIn([...path, name], value);
  return document.toString({ lineWidth: 0 });
}
