import type { WorkbookDefinition } from '../define-workbook.ts';
import { apiThreatsAndTraffic } from './api-threats-and-traffic.ts';

/** Every workbook of the pack. */
export const workbooks: readonly WorkbookDefinition[] = [apiThreatsAndTraffic];
