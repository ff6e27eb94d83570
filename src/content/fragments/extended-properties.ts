import { type KqlFragment, kql } from '../kql.ts';

/**
 * The text of the first of several spellings of a property of `Context`, the parsed ExtendedProperties of a
 * SecurityAlert. The portal's labels are documented; how the raw JSON spells them is not, so a rule names every spelling.
 */
export function extendedProperty(name: string, ...otherSpellings: readonly string[]): KqlFragment {
  const first = kql`tostring(Context[${name}])`;
  const all = otherSpellings.reduce((list, spelling) => kql`${list}, tostring(Context[${spelling}])`, first);
  return otherSpellings.length === 0 ? first : kql`coalesce(${all})`;
}
