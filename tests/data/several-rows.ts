/** Tables of patients who have several rows each: text files as a hospital might hand them out. */

const NAMES = ['Meyer', 'Okafor', 'Rossi', 'Dubois', 'Jansen', 'Novak', 'Silva', 'Haas', 'Patel', 'Lee'];
const GIVEN = ['Anna', 'Jonas', 'Lena', 'Chidi', 'Maria', 'Peter', 'Sofia', 'Ivan'];
const pick = (from: readonly string[], i: number) => from[i % from.length] ?? '';
const digits = (i: number, n: number) => String((i * 7919 + 104_729) % 10 ** n).padStart(n, '1');

type Person = Readonly<Record<string, string>>;

const describeEnglish = (p: number): Person => ({
  pid: `P${1000 + p}`,
  contact: p === 3 ? 'none given' : `${pick(GIVEN, p)}.${p}@mail.org`.toLowerCase(),
  hospital_no: `H${digits(p, 6)}`,
  policy: `${'ABC'[p % 3] ?? ''}${digits(p, 8)}`,
  nok: `${pick(GIVEN, p + 3)} ${pick(NAMES, p)} ${p}`,
  employer: `${pick(NAMES, p)} & Sons ${p}`,
  casenote: `C-${p}-${p % 90}`,
  specimen_barcode: digits(p + 5, 7),
  postcode: `${'ABCDE'[p % 5] ?? ''}B${p % 20} ${p % 9}${'XYZ'[p % 3] ?? ''}${digits(p, 3)}`,
  nickname_at_ward: `${pick(NAMES, p)}chen${p}`,
});

const describeGerman = (p: number): Person => ({
  Nachname: `${pick(NAMES, p)}${p}`,
  kontakt: p === 3 ? 'keine Angabe' : `${pick(NAMES, p)}${p}@mail.de`.toLowerCase(),
  Tel: `0${171 + (p % 9)} ${digits(p, 7)}`,
  Handy: `0${171 + (p % 9)}/${digits(p + 1, 7)}`,
  kvnr: `${'ABCDEFG'[p % 7] ?? ''}${digits(p, 9)}`,
  Strasse: `${pick(NAMES, p)}str. ${p}`,
  aktenzeichen: `A-${1000 + p}/24`,
  geb: `${String(1 + (p % 28)).padStart(2, '0')}.0${1 + (p % 9)}.${1930 + (p % 70)}`,
});

/** Columns of these tables that may not come out; `geb` is a date that is learnt. */
export const IDENTIFYING = [...Object.keys(describeEnglish(0)), ...Object.keys(describeGerman(0))].filter(
  (name) => name !== 'geb',
);

function write(nPersons: number, nVisits: number, describe: (p: number) => Person, mark: string): string {
  const rows: string[] = [];
  for (let p = 0; p < nPersons; p++) {
    const person = Object.values(describe(p));
    for (let v = 0; v < nVisits; v++) {
      const i = p * nVisits + v;
      const visit = [`${v + 1}`, `${60 + ((i * 37) % 60)}`, 'YNU'[(i * 13) % 3] ?? ''];
      rows.push([...person, ...visit].join(mark));
    }
  }
  const header = [...Object.keys(describe(0)), 'visit', 'pulse', 'smoker'].join(mark);
  return `${header}\n${rows.join('\n')}\n`;
}

/** 120 patients with eight rows each. */
export const makeEnglish = () => write(120, 8, describeEnglish, ',');

/** 120 patients with six rows each, in German. */
export const makeGerman = () => write(120, 6, describeGerman, ';');
