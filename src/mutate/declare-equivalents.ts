import type { EquivalentMutant } from './equivalent-mutants.ts';
import type { JudgedMutant } from './mutant.ts';
import { MutateError } from './mutate-error.ts';

/**
 * The mutants of a rule with those that were declared equivalent marked so.
 * @param file the file of the declarations, for errors
 * @throws MutateError `equivalents-unmatched` for a declaration that fits no survivor: the rule has changed, or a
 *   scenario has shown that the mutant is no equivalent. `equivalents-ambiguous` for one that fits several mutants and
 *   does not say which.
 */
export function declareEquivalents(
  mutants: readonly JudgedMutant[],
  declarations: readonly EquivalentMutant[],
  file: string,
): readonly JudgedMutant[] {
  const declared = new Map<JudgedMutant, EquivalentMutant>();
  for (const declaration of declarations) {
    for (const mutant of mutantsOf(declaration, mutants, file)) {
      requireSurvivor(mutant, declaration, file);
      if (declared.has(mutant)) {
        const message = `'${mutant.original}' is declared twice for ${mutant.mutation}`;
        throw problem('equivalents-ambiguous', message, declaration, file, 'remove one of the two entries');
      }
      declared.set(mutant, declaration);
    }
  }
  return mutants.map((mutant) => {
    const declaration = declared.get(mutant);
    return declaration === undefined
      ? mutant
      : { ...mutant, fate: { status: 'equivalent', reason: declaration.reason } };
  });
}

function mutantsOf(
  declaration: EquivalentMutant,
  mutants: readonly JudgedMutant[],
  file: string,
): readonly JudgedMutant[] {
  const { mutation, text, replacement, occurrences } = declaration;
  const fitting = mutants.filter(
    (mutant) =>
      mutant.mutation === mutation &&
      mutant.original === text &&
      (replacement === undefined || mutant.replacement === replacement),
  );
  if (occurrences === undefined) {
    if (fitting.length > 1) throw ambiguous(fitting, declaration, file);
    if (fitting.length === 0) throw unmatched(declaration, file, `no ${mutation} changes '${text}'`);
    return fitting;
  }
  return occurrences.map((occurrence) => {
    const chosen = fitting.filter((mutant) => mutant.occurrence === occurrence);
    if (chosen.length > 1) throw ambiguous(chosen, declaration, file);
    const [mutant] = chosen;
    if (mutant === undefined)
      throw unmatched(declaration, file, `'${text}' has no place ${occurrence} for ${mutation}`);
    return mutant;
  });
}

function requireSurvivor({ fate }: JudgedMutant, declaration: EquivalentMutant, file: string): void {
  if (fate.status === 'killed') {
    throw unmatched(declaration, file, `'${declaration.text}' is no equivalent: ${fate.by} tells it from the rule`);
  }
  if (fate.status === 'invalid') {
    throw unmatched(declaration, file, `'${declaration.text}' is not counted anyway: ${fate.reason}`);
  }
}

function ambiguous(fitting: readonly JudgedMutant[], declaration: EquivalentMutant, file: string): MutateError {
  const isByText = new Set(fitting.map(({ replacement }) => replacement)).size > 1;
  const places = fitting.map(({ line, replacement }) => `line ${line}: ${replacement || '(left out)'}`).join('; ');
  const hint = isByText ? `say which with replacement (${places})` : `say which with occurrences (${places})`;
  return problem('equivalents-ambiguous', `fits ${fitting.length} mutants`, declaration, file, hint);
}

const unmatched = (declaration: EquivalentMutant, file: string, message: string): MutateError =>
  problem(
    'equivalents-unmatched',
    message,
    declaration,
    file,
    'remove the entry, or correct it from the list of survivors',
  );

function problem(
  code: 'equivalents-unmatched' | 'equivalents-ambiguous',
  message: string,
  { line }: EquivalentMutant,
  file: string,
  hint: string,
): MutateError {
  return new MutateError(code, message, { file, line, hint });
}
