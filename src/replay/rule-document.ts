import { parseYamlDocument, type YamlDocument } from './yaml-document.ts';

export type { Path } from './yaml-document.ts';

/**
 * Parses the text of one rule file.
 * @throws ReplayError `rule-syntax` where the text is not exactly one YAML document.
 */
export const parseRuleDocument = (text: string, file: string): YamlDocument => parseYamlDocument(text, file, 'rule');
