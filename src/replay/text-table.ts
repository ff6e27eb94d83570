export type TextColumn = { readonly title: string; readonly align: 'left' | 'right' };

/** Columns as wide as their widest cell, two spaces apart; the last left-aligned cell of a line is not padded. */
export function formatTextTable(columns: readonly TextColumn[], rows: readonly (readonly string[])[]): string {
  const lines = [columns.map(({ title }) => title), ...rows];
  const widths = columns.map((_, index) => Math.max(...lines.map((line) => [...(line[index] ?? '')].length)));
  return lines
    .map((line) =>
      columns
        .map(({ align }, index) => {
          const cell = line[index] ?? '';
          const space = ' '.repeat((widths[index] ?? 0) - [...cell].length);
          return align === 'left' ? cell + space : space + cell;
        })
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}
