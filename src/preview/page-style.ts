import type { ChartColor } from './charts/chart-color.ts';

type Palette = Readonly<Record<ChartColor | 'panel' | 'accent', string>>;

/** Text colours have a contrast of 4.5:1 or more on paper and panel (WCAG 2.2, 1.4.3). */
const light: Palette = {
  paper: '#ffffff',
  panel: '#f6f7f9',
  ink: '#1b2129',
  muted: '#5b6672',
  hairline: '#dfe3e8',
  accent: '#0b5cad',
  band: '#e3e9f1',
  deviation: '#b3261e',
  'severity-high': '#b3261e',
  'severity-medium': '#a04b00',
  'severity-low': '#7a6100',
  'severity-informational': '#5b6672',
  'shade-1': '#3d4a59',
  'shade-2': '#66788a',
  'shade-3': '#93a3b3',
  'shade-4': '#b9c4cf',
  'shade-5': '#d5dce3',
};

const dark: Palette = {
  paper: '#14181d',
  panel: '#1b2026',
  ink: '#e4e8ec',
  muted: '#98a4b1',
  hairline: '#2c343d',
  accent: '#7db7f0',
  band: '#26303b',
  deviation: '#ff8a80',
  'severity-high': '#ff8a80',
  'severity-medium': '#f5a55b',
  'severity-low': '#dcc04f',
  'severity-informational': '#98a4b1',
  'shade-1': '#c3ced9',
  'shade-2': '#94a5b6',
  'shade-3': '#6b7c8d',
  'shade-4': '#4d5b69',
  'shade-5': '#38434e',
};

const variables = (palette: Palette): string =>
  Object.entries(palette)
    .map(([name, color]) => `--${name}:${color}`)
    .join(';');

const colorClasses = Object.keys(light)
  .map((name) => `.color-${name}{color:var(--${name})}`)
  .join('\n');

const themes = `
:root{color-scheme:light dark;${variables(light)}}
@media (prefers-color-scheme:dark){:root{${variables(dark)}}}
:root:has(#theme-light:checked){color-scheme:light;${variables(light)}}
:root:has(#theme-dark:checked){color-scheme:dark;${variables(dark)}}
@media print{:root{${variables(light)}}}
`;

const layout = `
*{box-sizing:border-box}
html{scroll-padding-top:3.25rem;-webkit-text-size-adjust:100%}
body{margin:0;background:var(--paper);color:var(--ink);font:14px/1.5 system-ui,-apple-system,"Segoe UI",Roboto,"Helvetica Neue",Arial,sans-serif}
body>*{padding-inline:max(1.25rem,calc((100vw - 1180px)/2))}
h1,h2,h3,h4,p,dl,ul,figure,blockquote,fieldset{margin:0;padding:0}
h1{font-size:1.5rem;line-height:1.25;letter-spacing:-.01em}
h2{font-size:1.15rem;margin:0 0 .75rem}
h3{font-size:.95rem}
h4{font-size:.8rem;color:var(--muted);font-weight:600;margin:0 0 .35rem}
a{color:var(--accent);text-underline-offset:2px}
:focus-visible{outline:2px solid var(--accent);outline-offset:2px;border-radius:2px}
code,pre{font:.86em/1.45 ui-monospace,"Cascadia Mono","SF Mono",Menlo,Consolas,monospace;overflow-wrap:anywhere}
.skip{position:absolute;left:-999px}
.skip:focus{left:1rem;top:.5rem;background:var(--paper);padding:.25rem .75rem;z-index:3}
header.page{display:flex;gap:1.5rem;justify-content:space-between;align-items:flex-start;padding-block:1.75rem 1.1rem}
header.page p{color:var(--muted);max-width:72ch;margin-top:.3rem}
.theme{border:0;display:flex;gap:.15rem;font-size:.8rem;flex:none}
.theme legend{position:absolute;clip-path:inset(50%)}
.theme label{padding:.2rem .55rem;border-radius:4px;color:var(--muted);cursor:pointer}
.theme label:has(:checked){background:var(--panel);color:var(--ink);box-shadow:inset 0 0 0 1px var(--hairline)}
.theme label:has(:focus-visible){outline:2px solid var(--accent)}
.theme input{position:absolute;opacity:0}
nav{position:sticky;top:0;z-index:2;background:var(--paper);border-block:1px solid var(--hairline)}
nav ul{display:flex;gap:1.4rem;list-style:none;overflow-x:auto;white-space:nowrap}
nav a{display:block;padding:.5rem 0;color:var(--muted);text-decoration:none;font-size:.85rem}
nav a:hover{color:var(--ink)}
section{padding-block:1.75rem .5rem}
section+section{border-top:1px solid var(--hairline);margin-top:1.5rem}
.columns{display:grid;grid-template-columns:minmax(0,3fr) minmax(0,2fr);gap:1.5rem 2.5rem;margin-top:1.25rem}
.columns h3{margin-bottom:.4rem}
`;

const tables = `
.scroll{overflow-x:auto;background:linear-gradient(90deg,var(--paper) 30%,transparent) 0 0/2.5rem 100% no-repeat local,linear-gradient(270deg,var(--paper) 30%,transparent) 100% 0/2.5rem 100% no-repeat local,linear-gradient(90deg,var(--hairline),transparent) 0 0/.7rem 100% no-repeat scroll,linear-gradient(270deg,var(--hairline),transparent) 100% 0/.7rem 100% no-repeat scroll}
table{border-collapse:collapse;width:100%;font-size:.86rem}
th,td{padding:.38rem .9rem .38rem 0;text-align:left;vertical-align:top;border-bottom:1px solid var(--hairline)}
th:last-child,td:last-child{padding-right:0}
thead th{color:var(--muted);font-weight:600;font-size:.76rem;vertical-align:bottom;white-space:nowrap}
tbody th{font-weight:500}
td.text{overflow-wrap:anywhere;min-width:9rem}
td.short{white-space:nowrap;min-width:0}
.number,.duration{text-align:right}
.number+.time,.number+.text,.number+td:not(.number){padding-left:.9rem}
th.number,td.number,td.time,td.duration{white-space:nowrap;font-variant-numeric:tabular-nums}
td.bar{position:relative;min-width:9rem}
td.bar i{position:absolute;right:.9rem;bottom:.2rem;height:3px;background:var(--shade-3);max-width:calc(100% - .9rem)}
.slug{display:block;color:var(--muted);font-size:.76rem;font-weight:400;white-space:nowrap}
.against{color:var(--muted);font-weight:400}
.deviation{display:block;font-size:.82rem;font-weight:600}
.zero{color:var(--muted)}
.tag{font-weight:600;white-space:nowrap}
.note{color:var(--muted);font-size:.86rem}
.failure{border-left:3px solid var(--severity-medium);padding:.35rem .75rem;background:var(--panel);font-size:.86rem;overflow-wrap:anywhere}
`;

const parts = `
.tiles{display:grid;grid-template-columns:repeat(auto-fit,minmax(9rem,1fr));gap:1px;border:1px solid var(--hairline);border-radius:6px;overflow:hidden}
.tiles div{padding:.6rem .85rem;box-shadow:1px 1px 0 var(--hairline)}
.tiles dt{color:var(--muted);font-size:.76rem}
.tiles dd{margin:0;font-size:1.2rem;font-weight:600;font-variant-numeric:tabular-nums}
.facts div:first-child{grid-column:span 2}
.facts dd{font-size:1rem;line-height:1.6}
.problems{list-style:none;font-size:.86rem}
.problems li{padding:.3rem 0;border-bottom:1px solid var(--hairline);overflow-wrap:anywhere}
.problem-error strong{color:var(--severity-high)}
.problem-warning strong{color:var(--severity-medium)}
.problem-note strong{color:var(--muted)}
.hint{display:block;color:var(--muted)}
.pairs{font-size:.86rem}
.pairs div{display:grid;grid-template-columns:10.5rem minmax(0,1fr);gap:.75rem;padding:.16rem 0}
.pairs dt{color:var(--muted)}
.pairs dd{margin:0;overflow-wrap:anywhere;font-variant-numeric:tabular-nums}
.provenance div{padding:.4rem 0;border-bottom:1px solid var(--hairline)}
article{border:1px solid var(--hairline);border-radius:6px;padding:1rem 1.15rem 1.1rem;margin-top:1rem}
article header{display:grid;grid-template-columns:minmax(0,1fr) auto;gap:.1rem 1.5rem}
article h3{overflow-wrap:anywhere}
.meta{display:flex;flex-wrap:wrap;gap:.1rem 1rem;color:var(--muted);font-size:.82rem;grid-column:1}
.observed{grid-column:2;grid-row:1/span 2;text-align:right;font-size:1rem;font-variant-numeric:tabular-nums}
.observed strong{font-size:1.35rem}
.observed .deviation{font-size:1rem}
.description{margin:.5rem 0 .75rem;max-width:95ch;overflow-wrap:anywhere}
.entities{list-style:none;font-size:.86rem}
.entities li{padding:.16rem 0;overflow-wrap:anywhere}
.property{margin-right:.75rem}
td.short code{white-space:nowrap}
.misses td.text{min-width:24rem}
.details{margin-top:.9rem;display:grid;gap:.9rem}
.details .pairs,.details .entities{columns:2 24rem;column-gap:2.5rem}
.details .pairs div,.details li{break-inside:avoid}
article>.failure{margin-top:.75rem}
details{margin-top:.6rem;font-size:.86rem}
summary{cursor:pointer;color:var(--accent);width:fit-content}
details[open] summary{margin-bottom:.4rem}
pre{background:var(--panel);padding:.6rem .75rem;border-radius:4px;overflow:auto;max-height:22rem;margin:0;white-space:pre-wrap}
blockquote{border-left:3px solid var(--hairline);padding:.1rem 0 .1rem .9rem;margin-top:.75rem;white-space:pre-line;overflow-wrap:anywhere;font-size:.86rem}
.status-failed,.status-timedout,.outcome-failed{color:var(--severity-high)}
.outcome-refused{color:var(--severity-medium)}
`;

const heat = `
.heat-title{margin:1.25rem 0 .4rem}
.heat{width:auto}
.heat th,.heat td{border:1px solid var(--paper);padding:.2rem .35rem;text-align:center;font-variant-numeric:tabular-nums}
.heat tbody th{text-align:left;padding-right:.9rem;white-space:nowrap}
.heat thead th{font-size:.68rem}
.heat thead th:first-child{text-align:left}
.heat thead span{display:block;font-weight:400}
.heat td.number{padding-left:.9rem;font-weight:600}
.heat-0{background:var(--panel)}
.heat-1{background:color-mix(in srgb,var(--accent) 12%,var(--paper))}
.heat-2{background:color-mix(in srgb,var(--accent) 22%,var(--paper))}
.heat-3{background:color-mix(in srgb,var(--accent) 34%,var(--paper))}
.heat-4{background:color-mix(in srgb,var(--accent) 46%,var(--paper))}
.heat-5{background:color-mix(in srgb,var(--accent) 60%,var(--paper))}
`;

const charts = `
.workbook h3{font-size:1.05rem}
.workbook h4{font-size:.86rem;color:var(--ink);border-bottom:1px solid var(--hairline);padding-bottom:.3rem;margin-top:1.5rem}
.workbook p{color:var(--muted)}
.parameters{display:flex;flex-wrap:wrap;gap:.4rem 2rem;margin:.9rem 0 0;font-size:.86rem}
.parameters dt{color:var(--muted);font-size:.76rem}
.parameters dd{margin:0;overflow-wrap:anywhere}
.step{margin-top:1.25rem}
figcaption{font-size:.86rem;font-weight:600;margin-bottom:.3rem;overflow-wrap:anywhere}
.legend{display:flex;flex-wrap:wrap;gap:.15rem 1.1rem;list-style:none;font-size:.78rem;color:var(--muted)}
.legend li{overflow-wrap:anywhere}
.mark{display:inline-block;width:.8rem;height:.65rem;margin-right:.4rem;background:currentColor;border-radius:1px}
.mark-line,.mark-dashed-line{height:2px;width:1.2rem;border-radius:0;vertical-align:.25rem}
.mark-dashed-line{background:repeating-linear-gradient(90deg,currentColor 0 4px,transparent 4px 7px)}
.mark-dot{border-radius:50%;width:.6rem;height:.6rem}
.chart svg{display:block;width:100%;height:auto;font-family:inherit}
.chart text{font-family:inherit;font-variant-numeric:tabular-nums}
.chart-narrow{display:none}
.pie{display:flex;align-items:center;gap:1.5rem;flex-wrap:wrap}
.pie .chart{width:200px}
.pie .legend{flex-direction:column}
`;

const narrow = `
@media (max-width:760px){
body>*{padding-inline:1rem}
header.page{flex-direction:column;gap:.75rem;padding-top:1.25rem}
.columns{grid-template-columns:minmax(0,1fr)}
.chart-wide:not(:last-child){display:none}
.chart-narrow{display:block}
article{padding:.85rem .9rem}
article header{grid-template-columns:minmax(0,1fr)}
.observed{grid-column:1;grid-row:auto;text-align:left;margin-top:.35rem}
.observed .deviation{display:inline;margin-left:.5rem}
.pairs div{grid-template-columns:8rem minmax(0,1fr)}
table.rules,table.rules tbody,table.rules tr,table.rules th,table.rules td{display:block}
table.rules thead{display:none}
table.rules tr{border-bottom:1px solid var(--hairline);padding:.5rem 0}
table.rules th,table.rules td{border:0;padding:.08rem 0!important}
table.rules td:not(:empty){display:grid;grid-template-columns:8rem minmax(0,1fr);text-align:left;white-space:normal}
table.rules td::before{content:attr(data-label);color:var(--muted);grid-row:span 2}
table.rules td:empty{display:none}
}
@media print{nav,.theme,.skip{display:none}article,.step{break-inside:avoid}}
`;

/** The style sheet of the report: neutral, colour for severity and deviation only, light and dark, wide and narrow. */
export const pageStyle: string = [themes, layout, tables, parts, heat, charts, colorClasses, narrow].join('');
