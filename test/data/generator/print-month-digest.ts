// Run as a process of its own, under another time zone and locale.
import { monthDigest, smallMonth } from './small-month.ts';

process.stdout.write(monthDigest(smallMonth('benchmark')));
