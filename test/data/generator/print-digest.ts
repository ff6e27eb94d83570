// Run as a process of its own, under another time zone and locale.
import { digest, sampleMonth } from './sample.ts';

process.stdout.write(digest(sampleMonth()));
