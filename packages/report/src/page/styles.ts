/** The style sheet of the report. ASCII only: its hash is part of the content security policy. */
export const styles = `
:root {
  color-scheme: light;
  --ink: #1c2127; --muted: #59636e; --line: #dfe3e8; --tint: #f6f7f9; --link: #005a8c;
  --supported: #00694d; --not-supported: #3d4854; --contradicted: #a83f00; --not-testable: #68727d;
  --sans: -apple-system, 'Segoe UI', Roboto, 'Helvetica Neue', Arial, 'Liberation Sans', sans-serif;
  --mono: ui-monospace, SFMono-Regular, Menlo, Consolas, 'Liberation Mono', monospace;
}
* { box-sizing: border-box; }
html { -webkit-text-size-adjust: 100%; scroll-behavior: smooth; }
body { margin: 0; background: #fff; color: var(--ink); font: 16px/1.55 var(--sans); }
a { color: var(--link); text-decoration-thickness: 1px; text-underline-offset: 2px; }
a:focus-visible, summary:focus-visible, th button:focus-visible { outline: 2px solid var(--link); outline-offset: 2px; }
h1, h2, h3, h4, p, ul, ol, dl, dd, figure { margin: 0; padding: 0; }
ul, ol { list-style: none; }
svg { display: block; max-width: 100%; height: auto; }
.skip { position: absolute; left: -999px; }
.skip:focus { left: 8px; top: 8px; background: #fff; padding: 4px 8px; }
.page { display: grid; grid-template-columns: 216px minmax(0, 720px); gap: 64px; max-width: 1064px; margin: 0 auto; padding: 0 32px 96px; }
.contents { position: sticky; top: 0; align-self: start; max-height: 100vh; overflow-y: auto; padding: 44px 0 24px; font-size: 13px; line-height: 1.4; }
.contents h2 { font-size: 12px; font-weight: 600; color: var(--muted); margin: 0 0 10px; border: 0; padding: 0; }
.contents a { color: var(--ink); text-decoration: none; display: block; padding: 4px 0; }
.contents a:hover { color: var(--link); text-decoration: underline; }
.contents .entry { font-weight: 600; margin-top: 6px; }
.contents .claim-link { display: grid; grid-template-columns: 14px 1fr; gap: 8px; color: var(--muted); }
.contents .claim-link svg { margin-top: 2px; }
.masthead { padding: 44px 0 0; }
.overline { font-size: 13px; color: var(--muted); display: flex; justify-content: space-between; gap: 16px; }
h1 { font-size: 33px; line-height: 1.18; font-weight: 650; letter-spacing: -0.012em; margin: 10px 0 14px; overflow-wrap: anywhere; }
.facts { color: var(--ink); font-size: 15px; }
.facts { display: flex; flex-wrap: wrap; }
.facts li:not(:last-child)::after { content: '\\00b7'; color: var(--muted); margin: 0 7px; }
.facts.minor { font-size: 13.5px; color: var(--muted); margin-top: 4px; }
.research-only { margin: 22px 0 0; padding: 9px 14px; border: 1px solid #b9770a; border-left-width: 5px; font-size: 13.5px; font-weight: 600; }
.answers { display: grid; grid-template-columns: repeat(4, minmax(0, 1fr)); gap: 14px 22px; margin: 22px 0 0; padding: 15px 0 16px; border-top: 1px solid var(--line); border-bottom: 1px solid var(--line); }
.answers b { display: flex; align-items: center; gap: 8px; font-size: 15px; font-weight: 650; }
.answers svg { flex: none; }
.answers .meaning { display: block; font-size: 12.5px; line-height: 1.4; color: var(--muted); margin-top: 5px; }
.answers .none b { color: #7b858f; font-weight: 500; }
.demo { margin-top: 12px; font-size: 14.5px; }
section { margin-top: 68px; }
h2 { font-size: 23px; line-height: 1.25; font-weight: 650; letter-spacing: -0.008em; scroll-margin-top: 20px; }
.lead { color: var(--muted); font-size: 14.5px; margin: 6px 0 20px; max-width: 62ch; }
.badge svg { flex: none; }
.badge { display: inline-flex; align-items: center; gap: 6px; font-size: 13px; font-weight: 650; line-height: 1.2; white-space: nowrap; }
.badge.supported { color: var(--supported); } .badge.not-supported { color: var(--not-supported); }
.badge.contradicted { color: var(--contradicted); } .badge.not-testable { color: var(--not-testable); }
.found h3 { font-size: 13px; font-weight: 600; color: var(--muted); margin: 22px 0 2px; }
.found li { display: grid; grid-template-columns: 122px minmax(0, 1fr) 118px; gap: 16px; padding: 12px 0 13px; border-top: 1px solid var(--line); align-items: start; }
.found li .badge { padding-top: 3px; }
.found .question { font-size: 13px; color: var(--muted); }
.found .answer a { color: var(--ink); text-decoration: none; font-weight: 500; }
.found .answer a:hover { color: var(--link); text-decoration: underline; }
.found .agree { justify-self: end; text-align: right; font-size: 12.5px; color: var(--muted); padding-top: 3px; }
.found .agree svg { margin-left: auto; margin-bottom: 3px; }
.step { margin-top: 76px; }
.step > h2 { padding-bottom: 10px; border-bottom: 2px solid var(--ink); }
article { margin-top: 40px; scroll-margin-top: 20px; }
article + article { margin-top: 64px; padding-top: 36px; border-top: 1px solid var(--line); }
article .question { font-size: 14.5px; color: var(--muted); margin: 8px 0 2px; }
article h3 { font-size: 20px; line-height: 1.38; font-weight: 600; letter-spacing: -0.004em; overflow-wrap: anywhere; }
article h4, .sub { font-size: 14px; font-weight: 650; margin: 30px 0 8px; }
.agreement { display: flex; align-items: center; gap: 10px; margin-top: 10px; font-size: 13.5px; color: var(--muted); }
.verdict-line { display: flex; align-items: center; justify-content: space-between; gap: 16px; }
.back { font-size: 12.5px; }
.numbers { display: grid; grid-template-columns: repeat(auto-fill, minmax(150px, 1fr)); gap: 0 24px; margin-top: 18px; }
.numbers > div { border-top: 1px solid var(--line); padding: 9px 0 11px; display: flex; flex-direction: column; }
.numbers dt { font-size: 12.5px; line-height: 1.35; color: var(--muted); flex: 1; }
.numbers dd { font-size: 19px; font-weight: 600; font-variant-numeric: tabular-nums; line-height: 1.3; margin-top: 3px; }
.numbers .unit { font-size: 13px; font-weight: 400; color: var(--muted); margin-left: 4px; }
.numbers .interval { font-size: 12.5px; font-weight: 400; color: var(--muted); min-height: 1.3em; }
.figures { display: grid; grid-template-columns: minmax(0, 1fr); gap: 38px; margin-top: 28px; }
.pair { display: flex; flex-wrap: wrap; gap: 34px 32px; align-items: flex-start; }
figure.half { flex: 1 1 0; min-width: 300px; max-width: 344px; }
figure svg { overflow: visible; }
figcaption { font-size: 13px; line-height: 1.5; color: var(--muted); margin-top: 12px; max-width: 74ch; }
figcaption b { color: var(--ink); font-weight: 650; }
.see { font-size: 14px; margin-top: 16px; }
.lines { border-bottom: 1px solid var(--line); }
.lines li { display: grid; grid-template-columns: 122px minmax(0, 1fr); gap: 16px; padding: 9px 0; border-top: 1px solid var(--line); font-size: 14.5px; }
.lines b { font-weight: 600; }
.aside { margin-top: 24px; padding: 14px 18px 15px; background: var(--tint); border-left: 3px solid #aab3bd; font-size: 15px; }
.aside h4 { margin: 0 0 3px; font-size: 13px; color: var(--muted); }
.aside + .aside { margin-top: 10px; }
.aside.needed { border-left-color: #e69f00; }
.tables { margin-top: 10px; font-size: 13.5px; }
.tables > li, .tables details { border-top: 1px solid var(--line); }
.tables > li { padding: 6px 0; }
.tables > li.open { padding: 0; border: 0; }
summary { cursor: pointer; padding: 6px 0; }
.file { font-family: var(--mono); font-size: 12.5px; }
.quiet { color: var(--muted); }
.scroll { overflow-x: auto; margin: 4px 0 14px; }
table { border-collapse: collapse; width: 100%; font-size: 13px; font-variant-numeric: tabular-nums; }
caption { text-align: left; color: var(--muted); font-size: 12.5px; padding: 0 0 6px; }
th, td { padding: 5px 12px 5px 0; border-bottom: 1px solid var(--line); text-align: left; vertical-align: top; }
thead th { font-weight: 600; font-size: 12.5px; border-bottom-color: #9aa4af; vertical-align: bottom; }
th.number, td.number { text-align: right; }
th:last-child, td:last-child { padding-right: 0; }
tbody th { font-weight: 500; }
tfoot td, tfoot th { font-weight: 600; border-bottom: 0; }
th button { all: unset; cursor: pointer; font: inherit; }
th[aria-sort='ascending'] button::after { content: ' \\2191'; } th[aria-sort='descending'] button::after { content: ' \\2193'; }
.design li { display: grid; grid-template-columns: 158px minmax(0, 1fr); gap: 16px; padding: 9px 0; border-top: 1px solid var(--line); font-size: 15px; }
.design .level { display: flex; align-items: baseline; gap: 8px; font-size: 13px; font-weight: 650; }
.design .level svg { flex: none; position: relative; top: 2px; }
.design .ok { color: var(--supported); } .design .note { color: var(--muted); }
.design .warning { color: #8a5a00; } .design .blocking { color: var(--not-testable); }
.methods li { margin-top: 20px; }
.methods h3 { font-size: 15.5px; font-weight: 650; }
.methods p { font-size: 15px; max-width: 70ch; }
.doi { font-size: 13px; }
h2 + .bullets { margin-top: 16px; }
.bullets li { padding: 8px 0; border-top: 1px solid var(--line); font-size: 15px; }
.bullets .needed-text { display: block; color: var(--muted); font-size: 14px; }
.facts-table th { width: 34%; font-weight: 500; }
.hash { font-family: var(--mono); font-size: 11px; overflow-wrap: anywhere; color: var(--muted); }
.value { font-family: var(--mono); font-size: 12.5px; overflow-wrap: anywhere; }
footer { margin-top: 72px; padding-top: 14px; border-top: 1px solid var(--line); font-size: 13px; color: var(--muted); }
@media screen and (max-width: 940px) {
  .page { display: block; padding: 0 20px 64px; }
  .contents { display: none; }
  .found li { grid-template-columns: 1fr; gap: 4px; }
  .found .agree { justify-self: start; text-align: left; }
  .found .agree svg { margin-left: 0; }
  .answers { grid-template-columns: 1fr 1fr; }
}
@page { size: A4; margin: 16mm 15mm 18mm; @bottom-right { content: counter(page) ' / ' counter(pages); font: 8pt Arial, sans-serif; color: #59636e; } }
@media print {
  body { font-size: 9.5pt; line-height: 1.45; print-color-adjust: exact; -webkit-print-color-adjust: exact; }
  .page { display: block; padding: 0; max-width: none; }
  .contents, .skip, .back, .files { display: none; }
  .masthead { padding-top: 0; }
  h1 { font-size: 20pt; margin: 6px 0 8px; }
  h2 { font-size: 14pt; } article h3 { font-size: 12.5pt; } .methods h3 { font-size: 10pt; }
  .overline, .lead, .found .question, .found h3, .badge, .agreement, figcaption, .numbers dt, .numbers .interval, .answers .meaning,
  .aside h4, .bullets .needed-text, .tables, .facts.minor, .doi, footer, table, thead th, .file, .value { font-size: 8.5pt; }
  .facts, .answers b, .aside, .see, .lines li, .design li, .methods p, .bullets li, .research-only { font-size: 9.5pt; }
  .hash { font-size: 7pt; }
  .found .agree { font-size: 8pt; }
  .research-only { margin-top: 12px; padding: 6px 12px; }
  .answers { margin-top: 12px; padding: 9px 0; }
  .answers .meaning { font-size: 8pt; }
  section { margin-top: 9mm; }
  .step { margin-top: 0; break-before: page; }
  .step + section { break-before: page; }
  article { margin-top: 6mm; } article + article { margin-top: 9mm; padding-top: 6mm; }
  h2, h3, h4, .question, .verdict-line, .lead, .sub { break-after: avoid; }
  article header { break-after: avoid; }
  article header, figure, .pair, .aside, .numbers > div, .found li, .lines li, .design li, .bullets li, tr { break-inside: avoid; }
  .found h3 { margin-top: 12px; }
  .found li { grid-template-columns: 112px minmax(0, 1fr) 118px; padding: 6px 0 7px; }
  figure.full svg { width: 90%; }
  .figures { margin-top: 16px; gap: 18px; }
  .pair { flex-wrap: nowrap; } figure.half { min-width: 0; }
  a { color: inherit; text-decoration: none; }
}
`;
