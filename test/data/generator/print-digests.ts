// Run as a process of its own, under another time zone and locale.
import { digest, sampleMonth } from './sample.ts';
import { monthDigest, startOfBenchmark } from './small-month.ts';

process.stdout.write(`${digest(sampleMonth())}\n${monthDigest(startOfBenchmark(16))}\n`);
