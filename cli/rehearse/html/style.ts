/** The page's one style: the reader's own fonts and light or dark; nothing comes from elsewhere. */
export const style = `
:root {
  color-scheme: light dark;
  --ink: light-dark(#1b1f24, #e8eaed); --soft: light-dark(#4b5563, #b3bac4);
  --paper: light-dark(#ffffff, #15181c); --panel: light-dark(#eef1f4, #23292f); --line: light-dark(#c5ccd5, #3b434d);
  --good: light-dark(#14612c, #7fd99a); --bad: light-dark(#a31515, #ff9d94); --warning: light-dark(#8a5200, #f2c26b);
  --person: light-dark(#0b57b5, #8ab8ff); --plain: light-dark(#5b6673, #97a1ad);
}
* { box-sizing: border-box; }
html { font: 16px/1.45 system-ui, sans-serif; background: var(--paper); color: var(--ink); }
body { max-width: 80rem; margin: 0 auto; padding: 1rem; overflow-wrap: anywhere; }
h1 { font-size: 1.5rem; line-height: 1.2; margin: 0 0 0.5rem; } h2 { font-size: 1.2rem; margin: 2rem 0 0.5rem; }
h3 { font-size: 1rem; margin: 1rem 0 0.25rem; } p { margin: 0.25rem 0; }
.soft { color: var(--soft); font-size: 0.9rem; }
.badge { display: inline-block; border: 2px solid currentColor; border-radius: 0.3rem; padding: 0 0.5rem; font-weight: 700; }
.good { color: var(--good); } .bad { color: var(--bad); } .warning { color: var(--warning); } .person { color: var(--person); }
.plain, .quiet { color: var(--soft); }
.because { border-left: 4px solid var(--bad); padding: 0.25rem 0.75rem; background: var(--panel); }
dl { display: grid; grid-template-columns: max-content 1fr; gap: 0.2rem 1rem; margin: 0.75rem 0; }
dt { color: var(--soft); } dd { margin: 0; }
ol.rows { list-style: none; margin: 0; padding: 0; }
.row, .axis { display: grid; grid-template-columns: 17rem minmax(0, 1fr) 11rem; gap: 0 0.75rem; align-items: center; }
.row { padding: 0.1rem 0; font-size: 0.9rem; }
.row .end { font-size: 0.85rem; }
.track { position: relative; height: 1.15rem; background: var(--panel); border-radius: 0.2rem; }
.track i { position: absolute; top: 0.15rem; bottom: 0.15rem; min-width: 3px; border-radius: 0.15rem; background: var(--plain); }
.track i.good { background: var(--good); } .track i.bad { background: var(--bad); } .track i.person { background: var(--person); }
.track i.warning { background: repeating-linear-gradient(135deg, var(--warning) 0 5px, transparent 5px 8px); border: 1px solid var(--warning); }
.track i.heat1 { opacity: 0.3; } .track i.heat2 { opacity: 0.5; } .track i.heat3 { opacity: 0.75; }
.axis { position: sticky; top: 0; background: var(--paper); z-index: 1; border-bottom: 1px solid var(--line); }
.axis .track { background: none; height: 1.4rem; }
.axis .track span { position: absolute; top: 0.15rem; font-size: 0.75rem; color: var(--soft); border-left: 1px solid var(--line); padding-left: 0.2rem; white-space: nowrap; }
.axis .track span.last { transform: translateX(-100%); border: 0; border-right: 1px solid var(--line); padding: 0 0.2rem 0 0; }
details { margin: 0.25rem 0; } summary { cursor: pointer; font-size: 0.9rem; color: var(--soft); }
.key { display: flex; flex-wrap: wrap; gap: 0.25rem 1rem; font-size: 0.85rem; margin: 0.5rem 0; padding: 0; list-style: none; }
.key .track { display: inline-block; width: 1.6rem; height: 0.9rem; vertical-align: -0.1rem; margin-right: 0.3rem; }
table { border-collapse: collapse; width: 100%; font-size: 0.9rem; }
th, td { text-align: left; vertical-align: top; padding: 0.25rem 0.6rem 0.25rem 0; border-bottom: 1px solid var(--line); }
td.time, td.name { width: 1%; } th { color: var(--soft); font-weight: 600; } td.time, td.name { white-space: nowrap; font-variant-numeric: tabular-nums; }
:focus-visible { outline: 3px solid var(--person); outline-offset: 2px; }
@media (max-width: 46rem) {
  body { padding: 0.75rem; }
  .row { grid-template-columns: minmax(0, 1fr) auto; padding: 0.25rem 0; }
  .row .track { grid-row: 2; grid-column: 1 / -1; }
  .axis { grid-template-columns: 1fr; } .axis > :not(.track) { display: none; }
  .axis .track span:nth-child(even):not(.last) { display: none; }
  table, tbody, tr, td { display: block; } thead { display: none; } td { border: 0; padding: 0; } tr { border-bottom: 1px solid var(--line); padding: 0.3rem 0; }
  td.time, td.name { display: inline-block; width: auto; margin-right: 0.6rem; white-space: normal; }
}
@media print { .axis { position: static; } }
`;
