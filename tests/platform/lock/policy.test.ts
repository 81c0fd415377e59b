import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parseHeadersFile } from '../../../src/headless/serve.mjs';
import { lockdownPolicy, lockHeaders, pagePolicy, writeHeadersFile } from '../../../src/platform/lock/policy';

function parsePolicy(policy: string): Map<string, string[]> {
  return new Map(
    policy.split('; ').map((directive) => {
      const [name = '', ...values] = directive.split(' ');
      return [name, values];
    }),
  );
}

describe('the policies', () => {
  it('name no host, no scheme but blob: and data:, and nothing unsafe but wasm', () => {
    const values = [pagePolicy, lockdownPolicy].flatMap((policy) => [...parsePolicy(policy).values()].flat());
    const known = ["'none'", "'self'", "'wasm-unsafe-eval'", "'script'", 'blob:', 'data:', 'understudy'];
    expect(values.filter((value) => !known.includes(value))).toEqual([]);
  });

  it('refuse by default and fit into one attribute', () => {
    for (const policy of [pagePolicy, lockdownPolicy]) {
      expect(parsePolicy(policy).get('default-src')).toEqual(["'none'"]);
      expect(policy).not.toMatch(/["<>\n]/);
    }
  });

  it('leave the own host in the page, and no host after the lockdown', () => {
    expect(pagePolicy).toContain("'self'");
    expect(lockdownPolicy).not.toContain("'self'");
  });

  it('allow after the lockdown nothing that the page policy refuses', () => {
    const page = parsePolicy(pagePolicy);
    for (const [name, values] of parsePolicy(lockdownPolicy)) {
      const allowed = page.get(name) ?? [];
      const added = values.filter((value) => value !== "'none'" && !allowed.includes(value));
      expect([name, added]).toEqual([name, []]);
    }
  });
});

describe('the headers', () => {
  it('survive being written for a host and read again', () => {
    expect(parseHeadersFile(writeHeadersFile())).toEqual({ ...lockHeaders, 'Cache-Control': 'no-cache' });
  });

  it('send no reports anywhere', () => {
    expect(Object.keys(lockHeaders).join()).not.toMatch(/report|NEL/i);
    expect(Object.values(lockHeaders).join()).not.toMatch(/report-/i);
  });

  it.each(['lock.md', 'hosting.md'])('stand word for word in docs/%s', (name) => {
    const text = readFileSync(join(import.meta.dirname, '../../../docs', name), 'utf8');
    for (const [header, value] of Object.entries(lockHeaders)) {
      expect(text).toContain(header);
      expect(text).toContain(value);
    }
  });

  it.each(['nginx', 'apache', 'caddy'])('are all in the recipe for %s', (language) => {
    const text = readFileSync(join(import.meta.dirname, '../../../docs/hosting.md'), 'utf8');
    const recipe = text.split(`\`\`\`${language}\n`)[1]?.split('```')[0] ?? '';
    for (const [header, value] of Object.entries(lockHeaders))
      expect(recipe).toContain(`${header} "${value}"`);
  });

  it('of the lockdown stand in docs/lock.md', () => {
    expect(readFileSync(join(import.meta.dirname, '../../../docs/lock.md'), 'utf8')).toContain(
      lockdownPolicy,
    );
  });
});
