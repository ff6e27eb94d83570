import type { Check } from '../check.ts';
import type { ContentFile } from '../content-file.ts';
import { type Issue, type IssueCode, issue } from '../issue.ts';

type TextRule = { readonly code: IssueCode; readonly pattern: RegExp; readonly message: string; readonly hint: string };

const textRules: readonly TextRule[] = [
  {
    code: 'text-branding',
    pattern: /\bAzure Sentinel\b/,
    message: 'Microsoft Sentinel is called Azure Sentinel',
    hint: 'Write Microsoft Sentinel.',
  },
  {
    code: 'text-link-locale',
    pattern: /\b(?:docs|learn)\.microsoft\.com\/[a-z]{2}-[a-z]{2}\//,
    message: 'a documentation link names a language',
    hint: 'Leave the language out, so that readers get their own.',
  },
  {
    code: 'arm-subscription',
    pattern: /\/?subscriptions\/[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/i,
    message: 'a subscription is named by its id',
    hint: 'Take it from a parameter or from subscription().',
  },
  {
    code: 'workbook-template-id',
    pattern: /"fromTemplateId\\?": *\\?"sentinel-UserWorkbook/,
    message: 'fromTemplateId is sentinel-UserWorkbook',
    hint: 'Leave fromTemplateId out, or name the template.',
  },
];

/** Rules for the text of every file; rule files are in ASCII besides. */
export const text: Check = {
  name: 'text',
  run: ({ files }) =>
    files.flatMap((file) => {
      const ascii: readonly TextRule[] = file.path.startsWith('analytics-rules/') ? [asciiOnly(file)] : [];
      return [...textRules, ...ascii].flatMap((rule) => textIssues(file, rule));
    }),
};

function asciiOnly(file: ContentFile): TextRule {
  const pattern = /\P{ASCII}/u;
  const found = pattern.exec(file.text)?.[0].codePointAt(0) ?? 0;
  return {
    code: 'non-ascii',
    pattern,
    message: `the character U+${found.toString(16).toUpperCase().padStart(4, '0')} stands in a rule`,
    hint: 'Use ASCII; in a query write \\u and four hexadecimal digits.',
  };
}

/** The first place of each kind: one correction usually meets them all. */
function textIssues(file: ContentFile, { code, pattern, message, hint }: TextRule): readonly Issue[] {
  const at = file.text.search(pattern);
  return at < 0
    ? []
    : [issue(code, { path: file.path, line: file.text.slice(0, at).split('\n').length }, message, hint)];
}
