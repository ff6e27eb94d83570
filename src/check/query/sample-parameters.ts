export type ParameterKind = 'time-range' | 'list' | 'text';

/** A query with values for its parameters. */
export type SampledQuery = {
  readonly text: string;
  /** References to parameters that do not exist, or in a form that their kind does not have. */
  readonly unknown: readonly string[];
};

/** What stands for a parameter, by its kind and the form asked for; the plain reference has the form ''. */
const samples: Readonly<Record<ParameterKind, Readonly<Record<string, string>>>> = {
  'time-range': {
    '': 'between (datetime(2026-03-01T00:00:00Z) .. datetime(2026-03-08T00:00:00Z))',
    start: 'datetime(2026-03-01T00:00:00Z)',
    end: 'datetime(2026-03-08T00:00:00Z)',
    grain: '1h',
    label: 'Last 7 days',
    query: 'TimeGenerated between (datetime(2026-03-01T00:00:00Z) .. datetime(2026-03-08T00:00:00Z))',
  },
  list: { '': "'sample'", escape: "'sample'", label: 'sample', value: "'sample'" },
  text: { '': 'sample', escape: 'sample', label: 'sample', value: 'sample' },
};

/** Puts a value in for each `{Parameter}` and `{Parameter:form}`, as Azure Workbooks does before it runs a query. */
export function sampleParameters(query: string, kinds: ReadonlyMap<string, ParameterKind>): SampledQuery {
  const unknown: string[] = [];
  const text = query.replace(/\{([A-Za-z_]\w*)(?::(\w+))?\}/g, (reference, name: string, form = '') => {
    const kind = kinds.get(name);
    const forms = kind === undefined ? {} : samples[kind];
    if (Object.hasOwn(forms, form)) return forms[form] ?? reference;
    unknown.push(reference);
    return reference;
  });
  return { text, unknown };
}
