import { listItems, loadKustoLanguage, namesByValue } from './language-service.ts';
import { globalsFor, type Symbols } from './parse-query.ts';

/** What the language service offers at one place of a query. */
export type Completion = {
  /** The part of the text that an offer replaces. */
  readonly start: number;
  readonly length: number;
  readonly items: readonly CompletionItem[];
};

export type CompletionItem = {
  /** The name alone. */
  readonly name: string;
  /** As shown to people: a function with its parameters. */
  readonly title: string;
  /** What it is, in Kusto.Language's own word: Table, Column, BuiltInFunction, QueryPrefix, … */
  readonly kind: string;
  /** What to insert before the cursor, and after it. */
  readonly before: string;
  readonly after: string;
};

/** What may stand at an offset of a query, in the order in which the language service offers it. */
export function completeQuery(text: string, offset: number, symbols: Symbols): Completion {
  const { Editor } = loadKustoLanguage();
  const service = new Editor.KustoCodeService.$ctor1(text, globalsFor(symbols));
  // Without the further arguments: the service takes a null for an option, and fails on it.
  const { EditStart, EditLength, Items } = service.GetCompletionItems(offset);
  const items = listItems(Items).map(
    (item): CompletionItem => ({
      name: item.MatchText,
      title: item.DisplayText,
      kind: kindName(item.Kind),
      before: item.BeforeText ?? item.EditText,
      after: item.AfterText ?? '',
    }),
  );
  return { start: EditStart, length: EditLength, items };
}

let kindNames: ReadonlyMap<number, string> | undefined;
function kindName(kind: number): string {
  kindNames ??= namesByValue(loadKustoLanguage().Editor.CompletionKind);
  return kindNames.get(kind) ?? 'Unknown';
}
