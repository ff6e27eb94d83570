import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Command } from 'commander';
import { supportMarkdown } from '../../src/kql/support/support-markdown.ts';
import { workspaceFunctions } from '../../src/sentinel/workspace-functions.ts';

const PATH = 'docs/kql-support.md';

type SupportOptions = { readonly check?: boolean; readonly write?: boolean; readonly dir: string };

export function registerSupport(program: Command): void {
  program
    .command('support')
    .description('what the KQL engine supports, from its registries; exits with 1 where the page is stale')
    .option('--check', `compare with ${PATH}`)
    .option('--write', `write ${PATH}`)
    .option('--dir <directory>', 'where the repository is', '.')
    .addHelpText('after', '\nExample:\n  npm run -s pack -- support --check')
    .action(support);
}

function support({ check, write, dir }: SupportOptions): void {
  const path = join(dir, PATH);
  const text = supportMarkdown(workspaceFunctions);
  if (write === true) writeFileSync(path, text);
  else if (check === true) checkPage(path, text);
  else process.stdout.write(text);
}

function checkPage(path: string, text: string): void {
  if (readPage(path) === text) {
    console.log(`${PATH} is up to date`);
    return;
  }
  console.error(`${PATH} is stale: run npm run -s pack -- support --write`);
  process.exitCode = 1;
}

function readPage(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}
