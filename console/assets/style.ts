/** The one style sheet: system colours and fonts, light and dark as the reader's system has it. */
export const style = `
:root {
  color-scheme: light dark;
  --ink: light-dark(#1b1f24, #e8eaed);
  --soft: light-dark(#4b5563, #b3bac4);
  --paper: light-dark(#ffffff, #15181c);
  --panel: light-dark(#f4f6f8, #1f242a);
  --line: light-dark(#c5ccd5, #3b434d);
  --link: light-dark(#0b57b5, #8ab8ff);
  --good: light-dark(#14612c, #7fd99a);
  --bad: light-dark(#a31515, #ff9d94);
  --warn: light-dark(#7a4a00, #f2c26b);
}
* { box-sizing: border-box; }
html { font: 16px/1.5 system-ui, sans-serif; background: var(--paper); color: var(--ink); }
body { margin: 0; overflow-wrap: anywhere; }
header, main, footer { max-width: 84rem; margin: 0 auto; padding: 0.75rem 1rem; }
header { display: flex; flex-wrap: wrap; gap: 0.25rem 1.5rem; align-items: center; border-bottom: 1px solid var(--line); }
.product { font-weight: 700; margin: 0; }
nav { display: flex; flex-wrap: wrap; gap: 0.25rem 1rem; }
.who { margin-left: auto; display: flex; flex-wrap: wrap; gap: 0.5rem; align-items: center; }
a { color: var(--link); }
h1 { font-size: 1.5rem; line-height: 1.2; margin: 0.5rem 0; }
h2 { font-size: 1.2rem; margin: 1.5rem 0 0.5rem; }
h3 { font-size: 1rem; margin: 0.5rem 0 0.25rem; }
p { margin: 0.25rem 0; }
:focus-visible { outline: 3px solid var(--link); outline-offset: 2px; }
.skip { position: absolute; left: -999rem; }
.skip:focus { left: 1rem; top: 0.5rem; background: var(--paper); padding: 0.5rem; }
.badge { display: inline-block; border: 1px solid currentColor; border-radius: 0.3rem; padding: 0 0.4rem; font-size: 0.875rem; white-space: nowrap; font-weight: 600; }
.badge.good { color: var(--good); } .badge.bad { color: var(--bad); } .badge.warn { color: var(--warn); } .badge.plain { color: var(--soft); }
.said { border-left: 4px solid var(--good); padding: 0.5rem 0.75rem; background: var(--panel); }
.said.bad { border-color: var(--bad); }
.facts { display: grid; grid-template-columns: minmax(6rem, auto) 1fr; gap: 0.25rem 1rem; margin: 0.5rem 0; }
.facts dt { color: var(--soft); } .facts dd { margin: 0; }
.rings, .gates { list-style: none; padding: 0; margin: 0; display: grid; gap: 0.75rem; grid-template-columns: repeat(auto-fill, minmax(min(20rem, 100%), 1fr)); }
.rings > li, .gates > li { background: var(--panel); border: 1px solid var(--line); border-radius: 0.5rem; padding: 0.5rem 0.75rem; min-width: 0; }
progress { width: 100%; height: 1rem; accent-color: var(--link); }
.rings .bad progress { accent-color: var(--bad); } .rings .warn progress { accent-color: var(--warn); }
pre { max-height: 20rem; overflow: auto; white-space: pre-wrap; background: var(--paper); padding: 0.5rem; border: 1px solid var(--line); }
.machine { display: grid; gap: 0.75rem; }
.part { border: 1px solid var(--line); border-radius: 0.5rem; padding: 0.25rem 0.75rem 0.75rem; min-width: 0; position: relative; }
.part h3 { font-size: 0.9rem; color: var(--soft); }
.part.inner, .part.out { border-style: dashed; }
.steps { list-style: none; padding: 0; margin: 0; display: flex; flex-wrap: wrap; gap: 0.5rem 1.25rem; }
.steps li { position: relative; border: 1px solid var(--line); border-radius: 0.3rem; padding: 0.2rem 0.6rem; background: var(--panel); font-size: 0.9rem; }
.steps li.waits { border-radius: 1rem; } .steps li.end { border-width: 2px; border-style: double; }
.part:not(.out) .steps li:not(:last-child)::after { content: "→"; position: absolute; right: -1.15rem; top: 0.5rem; color: var(--soft); }
.steps .progress, .steps .note { display: block; font-size: 0.8rem; color: var(--soft); }
.steps .done { border-color: var(--good); } .steps .done .progress { color: var(--good); }
.steps .current { border: 2px solid var(--link); font-weight: 700; } .steps .current .progress { color: var(--link); }
.steps .failed { border-color: var(--bad); } .steps .failed .progress { color: var(--bad); }
.steps .waiting, .steps .left { background: none; } .steps .left .name { color: var(--soft); }
table { border-collapse: collapse; width: 100%; font-size: 0.9rem; }
caption { text-align: left; color: var(--soft); }
th { white-space: nowrap; }
td { min-width: 4.5rem; }
td[data-label="Stack"] { min-width: 9rem; } td[data-label="Target"] { min-width: 12rem; }
th, td { text-align: left; vertical-align: top; padding: 0.35rem 0.5rem; border-bottom: 1px solid var(--line); }
.timeline { list-style: none; padding: 0; font-size: 0.9rem; }
fieldset { border: 1px solid var(--line); border-radius: 0.5rem; padding: 0.5rem 0.75rem; margin: 0.5rem 0; min-width: 0; }
legend { font-weight: 600; padding: 0 0.25rem; }
label { display: block; margin-top: 0.4rem; color: var(--soft); }
.filter { display: flex; flex-wrap: wrap; gap: 0.5rem; align-items: center; margin: 0.5rem 0; } .filter label { margin: 0; }
input, select, textarea, button, .button { font: inherit; color: inherit; background: var(--paper); border: 1px solid var(--soft); border-radius: 0.3rem; padding: 0.35rem 0.6rem; max-width: 100%; }
.act input:not([type="hidden"]), .act textarea { width: 100%; }
button, .button { background: var(--panel); cursor: pointer; font-weight: 600; text-decoration: none; display: inline-block; }
button.danger { color: var(--bad); border-color: var(--bad); }
.buttons { display: flex; flex-wrap: wrap; gap: 0.5rem; margin-top: 0.5rem; }
footer { color: var(--soft); font-size: 0.875rem; }
@media (min-width: 80rem) {
  td[data-label="Image"], td[data-label="Before"], td[data-label="Promoted"], td[data-label="Instances"] { min-width: 12rem; }
  td[data-label="When"] { min-width: 11.5rem; }
}
@media (max-width: 60rem) {
  td[data-label] { min-width: 0; }
  .who { margin-left: 0; }
  .facts { grid-template-columns: 1fr; } .facts dd { margin-bottom: 0.25rem; }
  .cards thead { position: absolute; left: -999rem; }
  .cards tr { display: block; border: 1px solid var(--line); border-radius: 0.5rem; margin-bottom: 0.5rem; padding: 0.25rem 0; }
  .cards td { display: block; border: 0; padding: 0.15rem 0.6rem; }
  .cards td::before { content: attr(data-label) ": "; color: var(--soft); }
}
`;
