import { parseYamlDocument, type YamlDocument } from './yaml-document.ts';

export type { Path } from './yaml-document.ts';

/**
 * Parses the text of one rule file.
 * @throws ReplayError `rule-syntax` where the text is not exactly one YAML document.
 */
export const parseRuleDocument = (text: string, file: string): YamlDocument => parseYamlDocument(text, file, 'rule');

/** What a rule is called everywhere: the name of its file without folder and ending. */
export const ruleSlug = (file: string): string => (file.split(/[\\/]/).at(-1) ?? file).replace(/\.ya?ml$/, '');
