import type { Command } from 'commander';
import type { Difference } from '../../src/emit/write-files.ts';

type GenerateOptions = { readonly check?: boolean; readonly config?: string; readonly out: string };

export function registerGenerate(program: Command): void {
  program
    .command('generate')
    .description('write rules, workbooks, playbooks and templates from the definitions and pack.config.yaml')
    .option('--check', 'write nothing; list the files that differ and exit with 1 if there are any')
    .option('--config <file>', 'the configuration (default: pack.config.yaml, where it exists)')
    .option('--out <directory>', 'where to write', '.')
    .addHelpText('after', '\nExample:\n  npm run -s pack -- generate --config contoso.config.yaml --out build/contoso')
    .action(generate);
}

async function generate(options: GenerateOptions): Promise<void> {
  const [{ definitions }, { generatePack }, { compareFiles, writeFiles }] = await Promise.all([
    import('../../src/content/index.ts'),
    import('../../src/emit/generate-pack.ts'),
    import('../../src/emit/write-files.ts'),
  ]);
  const { withConfigFile } = await import('../config-file.ts');
  const files = await withConfigFile(options.config, (config) => generatePack(definitions, config));
  const differences = await (options.check ? compareFiles : writeFiles)(options.out, files);
  for (const difference of differences) {
    console.log(describe(difference, options.check === true));
  }
  const count = differences.length;
  if (options.check && count > 0) {
    console.log(`${count} of ${files.length} generated files differ. Run: npm run -s pack -- generate`);
    process.exitCode = 1;
  } else {
    console.log(`${files.length} generated files are up to date${count === 0 ? '' : `, ${count} changed`}.`);
  }
}

function describe({ path, kind }: Difference, checkOnly: boolean): string {
  const done = { missing: 'written', changed: 'written', orphan: 'removed' } as const;
  return `${(checkOnly ? kind : done[kind]).padEnd(8)} ${path}`;
}
