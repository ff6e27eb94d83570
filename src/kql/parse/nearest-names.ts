/** How many single-character edits lead from one text to the other; neighbours that changed places count as one edit. */
export function editDistance(a: string, b: string): number {
  let before: number[] = [];
  let previous = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i++) {
    const current = [i];
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1] ? 0 : 1;
      let cost = Math.min(
        (previous[j] as number) + 1,
        (current[j - 1] as number) + 1,
        (previous[j - 1] as number) + same,
      );
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) {
        cost = Math.min(cost, (before[j - 2] as number) + 1);
      }
      current.push(cost);
    }
    before = previous;
    previous = current;
  }
  return previous[b.length] as number;
}

const MAX_NAMES = 3;

/**
 * The names that somebody may have meant, nearest first: the same but for case, a few typing mistakes (one in three
 * characters), or one that begins with what was written.
 */
export function nearestNames(written: string, names: Iterable<string>): readonly string[] {
  const wanted = written.toLowerCase();
  const most = Math.floor(wanted.length / 3);
  const rated: { readonly name: string; readonly distance: number }[] = [];
  for (const name of new Set(names)) {
    if (name === written) continue;
    const candidate = name.toLowerCase();
    const distance = editDistance(wanted, candidate);
    if (distance <= most) rated.push({ name, distance });
    else if (wanted.length >= 3 && candidate.startsWith(wanted)) rated.push({ name, distance: most + 1 });
  }
  rated.sort((a, b) => a.distance - b.distance || (a.name < b.name ? -1 : 1));
  return rated.slice(0, MAX_NAMES).map(({ name }) => name);
}

/** `did you mean A, B or C?`; undefined where there is nothing to offer. */
export function didYouMean(names: readonly string[]): string | undefined {
  const last = names.at(-1);
  if (last === undefined) return undefined;
  const offered = names.length === 1 ? last : `${names.slice(0, -1).join(', ')} or ${last}`;
  return `did you mean ${offered}?`;
}
