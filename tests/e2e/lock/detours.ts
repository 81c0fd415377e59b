/** What the detours need of a page, whichever program drives its browser. */
interface DrivenPage {
  evaluate(script: string): Promise<unknown>;
  url(): string;
  close(): Promise<void>;
}

/**
 * Ways to a document made from a blob, which would have a script environment of its own: by following the link of a
 * download that was just let through, or in the place of it.
 */
export const detours = [
  'a.click(); location.href = a.href;',
  "a.click(); a.removeAttribute('download'); a.click();",
  "a.click(); Object.assign(document.createElement('a'), { href: a.href }).click();",
  "a.removeAttribute('download'); a.click(); a.download = 'x.html';",
  "navigation.addEventListener('navigate', ({ destination }) => navigation.dispatchEvent(new NavigateEvent('navigate', { destination, downloadRequest: 'x', sourceElement: a })), { once: true }); a.click(); location.href = a.href;",
] as const;

/** Address at which each detour ends, or `blob:` alone; `open` makes a fresh page. */
export function followDetours(open: () => Promise<DrivenPage>): Promise<string[]> {
  return Promise.all(detours.map(async (detour) => follow(await open(), detour)));
}

async function follow(page: DrivenPage, detour: string): Promise<string> {
  await page.evaluate(`setTimeout(() => {
    const a = document.createElement('a');
    a.href = URL.createObjectURL(new Blob(['x'], { type: 'text/html' }));
    a.download = 'x.html';
    ${detour}
  }) && undefined`);
  await new Promise((resolve) => setTimeout(resolve, 1_500));
  const url = page.url();
  await page.close();
  return url.startsWith('blob:') ? 'blob:' : url;
}
