import { applyHandling } from '../../src/data/apply-handling';
import { DEFAULT_HANDLING } from '../../src/data/handling';
import { Rng } from '../../src/math/rng';
import { kindsOf } from '../../src/measure/fidelity/column-kinds';
import { qualityReport } from '../../src/measure/fidelity/quality-report';
import { trees } from '../../src/models/trees/trees';
import { codeFeature, fitFeature } from '../../src/models/trees/features';
import { fitBoosted, predictClasses } from '../../src/models/trees/boost';
import { loadPeerTable } from './peer-tables';
export async function main(args: string[]) {
  for (const name of args.length ? args : ['adult', 'support2']) {
    const { table, schema } = loadPeerTable(name);
    const target = name === 'adult' ? 'income' : 'hospdead';
    const sch = { ...schema, columns: schema.columns.map((c) => (c.name === target ? { ...c, role: 'target' as const } : c)) };
    for (const seed of [1]) {
      const rng = Rng.fromSeed(seed);
      const handled = applyHandling(table, sch.columns, DEFAULT_HANDLING, rng.fork('handling'));
      const c0 = process.cpuUsage();
      const model = await trees.train({ table: handled.table, schema: { version: 1, columns: handled.columns } }, {}, rng, { command: () => 'run', emit: () => undefined, now: () => performance.now(), breathe: () => Promise.resolve(), resumeFrom: null, checkpointEveryMs: Infinity });
      const c1 = process.cpuUsage(c0);
      const synthetic = await model.sample(table.nRows, rng.fork('rows'));
      const c2 = process.cpuUsage(c0);
      const report = qualityReport(table, synthetic, kindsOf(schema));
      console.log(name, 'overall', report.overall?.toFixed(4), 'th0', report.overallAll?.toFixed(4), 'shapes', report.columnShapes?.toFixed(4), 'pairs', report.pairTrends?.toFixed(4), report.pairTrendsAll?.toFixed(4), Object.keys(report).join(), 'train cpu', c1.user / 1e6, 'all', c2.user / 1e6);
      // detection
      const n = table.nRows;
      const both = table.columns.map((col, j) => { const s = synthetic.columns[j]!; if (col.kind === 'number' && s.kind === 'number') { const v = new Float64Array(2 * n); v.set(col.values); v.set(s.values, n); return { ...col, values: v }; } if (col.kind === 'level' && s.kind === 'level') { const m = new Map(col.levels.map((l, i) => [l, i])); const v = new Int32Array(2 * n); v.set(col.codes); s.codes.forEach((c, i) => (v[n + i] = c < 0 ? -1 : m.get(s.levels[c]!)!)); return { ...col, codes: v }; } throw new Error(); });
      const feats = both.map((col) => { const f = fitFeature(col as never); return { codes: codeFeature(f, col as never), nCodes: f.nCodes, isNominal: col.kind === 'level' }; });
      const y = Int32Array.from({ length: 2 * n }, (_, i) => (i < n ? 0 : 1));
      const perm = rng.fork('cv').permutation(2 * n);
      const p = new Float64Array(2 * n);
      for (let f = 0; f < 3; f++) {
        const tr = Int32Array.from(perm.filter((_, i) => i % 3 !== f)); const te = perm.filter((_, i) => i % 3 === f);
        const b = fitBoosted(feats, y, 2, tr, { nRounds: 100, depth: 5, learningRate: 0.1, lambda: 1, minRows: 20 });
        const sc = new Float64Array(1), out = new Float64Array(2);
        for (const r of te) { predictClasses(b, feats.map((x) => x.codes), r, sc, out); p[r] = out[1]!; }
        if (f === 0) { const use = new Map<string, number>(); b.feature.forEach((ff) => { if (ff >= 0) { const k = table.columns[ff]!.name; use.set(k, (use.get(k) ?? 0) + 1); } }); console.log([...use].sort((a, c) => c[1] - a[1]).slice(0, 6).join(' ')); }
      }
      const idx = [...p.keys()].sort((a, b) => p[a]! - p[b]!); let rank = 0; let sum = 0; for (const i of idx) { rank++; if (y[i]) sum += rank; }
      console.log('  detection AUC', ((sum - (n * (n + 1)) / 2) / (n * n)).toFixed(4));
    }
  }
}
