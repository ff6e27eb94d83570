import { Command } from 'commander';
import { registerReplay } from './scripts/commands/replay.ts';
const p=new Command('pack'); registerReplay(p); try { await p.parseAsync(process.argv.slice(2),{from:'user'}); } catch(e:any){ console.error('ERR',e.name,e.message,e.hint); process.exitCode=2 }
