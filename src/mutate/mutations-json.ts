import type { JudgedMutant } from './mutant.ts';
import { countAll, countMutants, type Mutated, rulesBelow } from './mutation-report.ts';

/** The outcome for programs: every mutant with its fate. The same rules and scenarios give the same bytes. */
export function formatMutationsJson({ rules, problems }: Mutated, minimum: number): string {
  const document = {
    minimum,
    passed: rulesBelow(rules, minimum).length === 0 && problems.length === 0,
    total: countAll(rules),
    rules: rules.map(({ slug, file, mutants }) => ({
      slug,
      file,
      ...countMutants(mutants),
      mutants: mutants.map(mutantJson),
    })),
    problems: problems.map(({ code, message, file, line, hint }) => ({ code, message, file, line, hint })),
  };
  return `${JSON.stringify(document, null, 2)}\n`;
}

function mutantJson({ mutation, line, column, original, replacement, occurrence, fate }: JudgedMutant): object {
  return { mutation, line, column, text: original, replacement, occurrence, ...fate };
}
