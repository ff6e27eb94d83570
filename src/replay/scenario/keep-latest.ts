/** Makes values for keys and keeps those that were asked for last. */
export function keepLatest<Key, Kept>(limit: number): (key: Key, make: () => Kept) => Kept {
  const kept = new Map<Key, Kept>();
  return (key, make) => {
    const value = kept.has(key) ? (kept.get(key) as Kept) : make();
    // A map keeps the order of insertion, so the first key is the one that was not asked for longest.
    kept.delete(key);
    kept.set(key, value);
    if (kept.size > limit) kept.delete(kept.keys().next().value as Key);
    return value;
  };
}
