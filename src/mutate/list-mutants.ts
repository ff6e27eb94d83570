import { type Catalog, positionOf, symbolsOf } from '../kql/index.ts';
import { parseQuery } from '../kql/parse/parse-query.ts';
import { readRule } from '../replay/read-rule.ts';
import { parseYamlDocument } from '../replay/yaml-document.ts';
import type { Mutant } from './mutant.ts';
import { queryMutations } from './query/index.ts';
import { applyEdits, changesOf, shownTexts } from './query-mutation.ts';
import { ruleMutations } from './rule/index.ts';
import type { RuleValue } from './rule-mutation.ts';

type Draft = Omit<Mutant, 'occurrence'>;

/**
 * Every mutant of a rule with one change each, in the order of the file and, at one place, of the registries. Two
 * changes that give the same rule are one mutant.
 * @throws ReplayError where the rule cannot be read, KqlError where its query does not bind
 */
export function listMutants(text: string, file: string, catalog: Catalog): readonly Mutant[] {
  const ruleText = (value: RuleValue): string => JSON.stringify(value); // JSON is YAML
  const value = parseYamlDocument(text, file, 'rule').value as RuleValue;
  const seen = new Set([ruleText(value)]);
  const distinct = [...mutateQuery(text, file, catalog, ruleText), ...mutateRule(text, file, ruleText)].filter(
    (draft) => {
      const isNew = !seen.has(draft.ruleText);
      seen.add(draft.ruleText);
      return isNew;
    },
  );
  return countOccurrences(distinct.sort((a, b) => a.line - b.line || a.column - b.column));
}

function mutateQuery(
  text: string,
  file: string,
  catalog: Catalog,
  ruleText: (value: RuleValue) => string,
): readonly Draft[] {
  const { query, queryPosition } = readRule(text, file);
  const value = parseYamlDocument(text, file, 'rule').value as RuleValue;
  const root = parseQuery(query, symbolsOf(catalog));
  return queryMutations.flatMap((mutation) =>
    changesOf(mutation, root, query).map((change): Draft => {
      const [original, replacement] = shownTexts(query, change).map(oneLine) as [string, string];
      const { line, column } = positionOf(query, change.shown.start);
      return {
        mutation: mutation.name,
        line: queryPosition.line + line - 1,
        column: queryPosition.column + column - 1,
        original,
        replacement,
        ruleText: ruleText({ ...value, query: applyEdits(query, change.edits) }),
      };
    }),
  );
}

function mutateRule(text: string, file: string, ruleText: (value: RuleValue) => string): readonly Draft[] {
  const document = parseYamlDocument(text, file, 'rule');
  return ruleMutations.flatMap((mutation) =>
    mutation.changesOf(document.value as RuleValue).map(({ path, original, replacement, value }): Draft => {
      const key = path.at(-1);
      const position =
        typeof key === 'string' ? document.positionOfKey(path.slice(0, -1), key) : document.positionOf(path);
      return { mutation: mutation.name, ...position, original, replacement, ruleText: ruleText(value) };
    }),
  );
}

const oneLine = (text: string): string => text.replace(/\s+/g, ' ').trim();

function countOccurrences(drafts: readonly Draft[]): readonly Mutant[] {
  const counts = new Map<string, number>();
  return drafts.map((draft) => {
    const key = JSON.stringify([draft.mutation, draft.original, draft.replacement]);
    const occurrence = (counts.get(key) ?? 0) + 1;
    counts.set(key, occurrence);
    return { ...draft, occurrence };
  });
}
