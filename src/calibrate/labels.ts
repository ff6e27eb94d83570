import { Ajv2020 } from 'ajv/dist/2020.js';
import { CalibrateError } from './calibrate-error.ts';

/** A detection that a labelled attack must lead to; times in milliseconds since 1970. */
export type LabelledDetection = {
  readonly attack: string;
  /** When what the rule can see of the attack begins and ends. */
  readonly fromMs: number;
  readonly toMs: number;
  /** Custom details of the alert with the values that they must have. */
  readonly key: Readonly<Record<string, string>>;
};

type LabelFile = {
  readonly attacks: readonly {
    readonly attack: string;
    readonly startsAt: string;
    readonly endsAt: string;
    readonly expected: readonly {
      readonly rule: string;
      readonly eventAt?: string;
      readonly key: Readonly<Record<string, string>>;
    }[];
  }[];
};

const time = { type: 'string', format: 'time' };
const schema = {
  type: 'object',
  properties: {
    attacks: {
      type: 'array',
      items: {
        type: 'object',
        properties: {
          attack: { type: 'string' },
          startsAt: time,
          endsAt: time,
          expected: {
            type: 'array',
            items: {
              type: 'object',
              properties: {
                rule: { type: 'string' },
                eventAt: time,
                key: { type: 'object', additionalProperties: { type: 'string' } },
              },
              required: ['rule', 'key'],
            },
          },
        },
        required: ['attack', 'startsAt', 'endsAt', 'expected'],
      },
    },
  },
  required: ['attacks'],
};

const validate = new Ajv2020({ allErrors: false, strict: false })
  .addFormat('time', (text) => Number.isFinite(timeOf(text)))
  .compile<LabelFile>(schema);

/** Milliseconds since 1970; Kusto's seventh digit of the fraction is dropped, which Date.parse need not accept. */
const timeOf = (text: string): number => Date.parse(text.replace(/(\.\d{3})\d+/, '$1'));

/**
 * What a rule must detect in logs, from the labels.json beside them.
 * @throws CalibrateError `labels-shape`, and `no-labels` where no attack concerns the rule
 */
export function readLabels(text: string, slug: string): readonly LabelledDetection[] {
  const file = parseLabels(text);
  const detections = file.attacks.flatMap(({ attack, startsAt, endsAt, expected }) =>
    expected
      .filter(({ rule }) => rule === slug)
      .map(({ eventAt, key }) => ({
        attack,
        key,
        fromMs: timeOf(eventAt ?? startsAt),
        toMs: timeOf(eventAt ?? endsAt),
      })),
  );
  if (detections.length === 0) {
    const known = [...new Set(file.attacks.flatMap(({ expected }) => expected.map(({ rule }) => rule)))].sort();
    const hint = `the labels expect detections of ${known.join(', ') || 'no rule'}`;
    throw new CalibrateError('no-labels', `no labelled attack must be detected by ${slug}`, hint);
  }
  return detections;
}

function parseLabels(text: string): LabelFile {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    value = undefined;
  }
  if (validate(value)) return value;
  const [error] = validate.errors ?? [];
  const place = error?.instancePath === '' || error === undefined ? 'the file' : error.instancePath;
  const message = value === undefined ? 'labels.json is no JSON' : `labels.json: ${place} ${error?.message}`;
  throw new CalibrateError('labels-shape', message, 'write labels as pack sample does');
}
