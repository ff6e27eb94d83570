import type { DynamicValue } from '../../values/dynamic.ts';
import type { ScalarFunction } from '../scalar-function.ts';
import { singleOverload } from '../single-overload.ts';

/** The parts of a Windows or POSIX path, of a share (`\\host\…`), of a long path (`\\?\…`) or of a `file://` URL. */
function parsePath(path: string): DynamicValue {
  const scheme = /^([A-Za-z][A-Za-z0-9+.-]+):\/\//.exec(path)?.[1] ?? '';
  const afterScheme = scheme === '' ? path : path.slice(scheme.length + '://'.length);
  const plain = afterScheme.replace(/^\\\\\?\\/, '');
  const root = /^[A-Za-z]:[\\/]?/.exec(plain)?.[0] ?? '';
  const separator = Math.max(plain.lastIndexOf('/'), plain.lastIndexOf('\\'));
  // Directly under the root, the root with its separator is the directory.
  const directory =
    separator === 0 || separator === root.length - 1
      ? plain.slice(0, separator + 1)
      : plain.slice(0, Math.max(0, separator));
  const [filename = '', stream = ''] = plain.slice(Math.max(separator + 1, root.length)).split(':');
  const dot = filename.lastIndexOf('.');
  return new Map<string, DynamicValue>([
    ['Scheme', scheme],
    ['RootPath', root],
    ['DirectoryPath', directory],
    ['DirectoryName', directory.split(/[\\/]/).at(-1) ?? ''],
    ['Filename', filename],
    ['Extension', dot < 0 ? '' : filename.slice(dot + 1)],
    ['AlternateDataStreamName', stream],
  ]);
}

export const paths: readonly ScalarFunction[] = [
  singleOverload(
    {
      name: 'parse_path',
      signature: 'parse_path(path: string): dynamic',
      summary: 'The parts of a file path as a bag.',
    },
    ['string'],
    'dynamic',
    { evaluate: parsePath },
  ),
];
