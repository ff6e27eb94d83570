import { Command } from 'commander';
import { registerSample } from './scripts/commands/sample.ts';
const p=new Command('pack'); registerSample(p); const t=performance.now(); await p.parseAsync(process.argv.slice(2),{from:'user'}); console.log((performance.now()-t).toFixed(0),'ms');
