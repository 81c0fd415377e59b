/**
 * How the dossier looks on screen and paper. Page boxes take the size of the paper in the printer, A4 or Letter; margins
 * are wide enough for both. No address of anything else is in it.
 */
export const DOSSIER_STYLE = `
:root { color-scheme: light; }
body { font: 16px/1.5 Georgia, 'Times New Roman', serif; color: #1b1b1b; background: #fff; max-width: 50rem; margin: 2rem auto; padding: 0 1rem; overflow-wrap: anywhere; }
h1, h2, h3 { line-height: 1.2; break-after: avoid; }
h2 { margin-top: 2.2rem; border-top: 1px solid #999; padding-top: 0.8rem; }
.synthetic { border: 2px solid #1b1b1b; padding: 0.6rem 1rem; font-weight: bold; }
.warning { border-left: 0.4rem solid #9a3412; padding: 0.2rem 0.8rem; }
.unstated { color: #9a3412; font-style: italic; }
dt { font-weight: bold; margin-top: 0.6rem; break-after: avoid; }
dd { margin: 0 0 0 1.2rem; }
ul { margin: 0; padding-left: 1.2rem; }
table { border-collapse: collapse; width: 100%; margin: 1rem 0; font-size: 0.85rem; }
caption { text-align: left; font-weight: bold; padding: 0.3rem 0; }
th, td { text-align: left; vertical-align: top; border-bottom: 1px solid #bbb; padding: 0.25rem 0.4rem; }
thead { display: table-header-group; }
thead th { overflow-wrap: normal; }
tbody th { width: 26%; }
td { overflow-wrap: break-word; }
tr { break-inside: avoid; }
caption { break-after: avoid; }
tbody tr:first-child { break-before: avoid; }
@page { margin: 20mm 18mm 22mm; @bottom-left { content: 'Synthetic records: dossier'; font: 9pt Georgia, serif; } @bottom-right { content: 'Page ' counter(page) ' of ' counter(pages); font: 9pt Georgia, serif; } }
@media print { body { font-size: 10.5pt; max-width: none; margin: 0; padding: 0; } a { color: inherit; text-decoration: none; } .synthetic { break-inside: avoid; } }
`;
