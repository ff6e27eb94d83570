import type { DataTable } from '../data-table.ts';
import { type Html, html } from '../html.ts';
import { PreviewError } from '../preview-error.ts';
import { drawBarStep, drawPieStep } from './category-steps.ts';
import { drawGrid } from './grid.ts';
import { drawTiles } from './tiles.ts';
import { drawTimeStep } from './time-steps.ts';
import type { WorkbookStep } from './workbook-run.ts';

type DrawResult = (step: WorkbookStep, table: DataTable) => Html;

/** How each visualization of Azure Workbooks is drawn; what is not named here is refused. */
const visualizations: Readonly<Record<string, DrawResult>> = {
  table: (step, table) => drawGrid(table, step.settings.gridSettings),
  tiles: drawTiles,
  timechart: (step, table) => drawTimeStep(step, table, 'line'),
  linechart: (step, table) => drawTimeStep(step, table, 'line'),
  areachart: (step, table) => drawTimeStep(step, table, 'area'),
  barchart: (step, table) => drawTimeStep(step, table, 'bar'),
  categoricalbar: drawBarStep,
  piechart: drawPieStep,
};

/** One step as a figure: its chart or table, what it says where there is no data, or why it could not be drawn. */
export function drawStep(step: WorkbookStep): Html {
  return html`<figure class="step" id="step-${step.name}">
    <figcaption>${step.title}</figcaption>
    ${drawResult(step)}
  </figure>`;
}

function drawResult(step: WorkbookStep): Html {
  const { result, settings } = step;
  if (result.kind === 'failure') return drawFailure(result.message, result.hint);
  if (result.table.rowCount === 0) return html`<p class="note">${settings.noDataMessage ?? 'No data.'}</p>`;
  try {
    return chooseVisualization(step)(step, result.table);
  } catch (error) {
    if (error instanceof PreviewError) return drawFailure(error.message, error.hint);
    throw error;
  }
}

function chooseVisualization({ name, settings }: WorkbookStep): DrawResult {
  const draw = Object.hasOwn(visualizations, settings.visualization)
    ? visualizations[settings.visualization]
    : undefined;
  if (draw === undefined) {
    const hint = `Drawn are: ${Object.keys(visualizations).join(', ')}.`;
    throw new PreviewError('unsupported-step', `the visualization ${settings.visualization} is not drawn`, {
      at: name,
      hint,
    });
  }
  return draw;
}

const drawFailure = (message: string, hint: string): Html =>
  html`<p class="failure"><strong>Not drawn.</strong> ${message} ${hint}</p>`;
