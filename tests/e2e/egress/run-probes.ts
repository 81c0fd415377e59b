import { setTimeout as wait } from 'node:timers/promises';
import type { CDPSession, Page } from 'playwright-core';
import type { Sight } from './inside/orders';
import { nest, place, writeScript, type Aim, type Placed } from './probes/place';
import type { Probe, ProbeContext } from './probes/probe';
import type { Scene } from './scene';
import type { Witness } from './witness';

export type ProbeSet = readonly { readonly context: ProbeContext; readonly probes: readonly Probe[] }[];

/** `ended`: the browser ended the tab in which the probe ran. `not run`: it could not be tried, which proves nothing. */
export type Fate = 'ran' | 'ended' | 'not run';

/** What became of a probe, and by what it was seen outside the browser: empty for nothing. */
export interface Result {
  readonly context: ProbeContext;
  readonly name: string;
  readonly target: string;
  readonly fate: Fate;
  readonly seenBy: readonly ('connection' | 'datagram' | 'name' | 'own server')[];
}

const quietMs = 3_000;
const loudMs = 2_000;
const nAtOnce = 3;
/** A script that has not answered by then has ended its tab. */
const limitMs = 30_000;
/** A page that does not answer a script that only starts something has ended. */
const answerMs = 6_000;

/** Steers a page by the browser's own protocol: a policy of the page has no say in what it runs. */
async function evaluate(session: CDPSession, expression: string, awaitPromise: boolean): Promise<unknown> {
  const { result, exceptionDetails } = await session.send('Runtime.evaluate', {
    expression,
    awaitPromise,
    userGesture: true,
    returnByValue: true,
    allowUnsafeEvalBlockedByCSP: true,
  });
  if (exceptionDetails) throw new Error(exceptionDetails.exception?.description ?? exceptionDetails.text);
  return result.value;
}

async function lendHand(page: Page, hand: Probe['hand']): Promise<void> {
  if (hand === 'click') await page.mouse.click(300, 300);
  if (hand === 'middle-click') await page.mouse.click(300, 300, { button: 'middle' });
  if (hand === 'control-click') {
    await page.keyboard.down('Control');
    await page.mouse.click(300, 300);
    await page.keyboard.up('Control');
  }
  if (hand === 'reload') await page.reload();
  if (hand === 'close') await page.close({ runBeforeUnload: true });
}

async function closeQuietly(page: Page): Promise<void> {
  await Promise.race([page.close().catch(() => undefined), wait(3_000)]);
}

/** A tab that is ending may hold up the next one, which shares its process. */
function openPatiently(scene: Scene): Promise<Page> {
  return scene.open().catch(() => wait(answerMs).then(() => scene.open()));
}

/** Tries one probe in a page of its own, which may be led away, crash or never answer again. */
async function tryAlone(scene: Scene, placed: Placed, aim: Aim): Promise<Fate> {
  const page = await openPatiently(scene);
  const session = await scene.context.newCDPSession(page);
  const ended = new Promise<Fate>((resolve) => page.once('crash', () => resolve('ended')));
  const running = evaluate(session, `void ${writeScript([placed], [aim], loudMs)}, true`, false);
  const started = running.then(
    (): Fate => 'ran',
    (): Fate => 'not run',
  );
  const fate = await Promise.race([started, ended, wait<Fate>(answerMs, 'ended')]);
  await wait(200);
  await Promise.race([lendHand(page, placed.probe.hand).catch(() => undefined), wait(answerMs)]);
  const late = await Promise.race([ended, wait(loudMs, fate)]);
  await closeQuietly(page);
  return late;
}

async function tryTogether(scene: Scene, context: ProbeContext, script: string): Promise<number> {
  if (context === 'service worker') return Number(await (await scene.openServiceWorker()).evaluate(script));
  if (context === 'page') {
    const page = await scene.open();
    const session = await scene.context.newCDPSession(page);
    const crashed = new Promise<number>((resolve) => page.once('crash', () => resolve(-1)));
    const tooLong = wait(limitMs).then(() => -1);
    const n = await Promise.race([evaluate(session, script, true).then(Number), crashed, tooLong]);
    await closeQuietly(page);
    return n;
  }
  const worker = await scene.openWorker();
  return Number(await worker.evaluate(context === 'worker' ? script : nest(script)));
}

async function inTurns<T>(items: readonly T[], work: (item: T) => Promise<void>): Promise<void> {
  const left = [...items];
  const takeTurns = async () => {
    for (let item = left.shift(); item !== undefined; item = left.shift()) await work(item);
  };
  await Promise.all(Array.from({ length: nAtOnce }, takeTurns));
}

function judge(placed: Placed, fate: Fate, sight: Sight, port: number): Result {
  const { probe, context, target } = placed;
  const sink = sight.sinks[target];
  const label = target.slice(0, target.indexOf('.'));
  const seen = {
    connection: (sink?.nConnections ?? 0) > 0,
    datagram: (sink?.nDatagrams ?? 0) > 0,
    name: sight.names.some((name) => name.toLowerCase().endsWith(target)),
    'own server': (sight.requests[String(port)] ?? []).some(({ line, cookie }) =>
      `${line} ${cookie ?? ''}`.includes(`${label}.`),
    ),
  };
  const seenBy = (Object.keys(seen) as (keyof typeof seen)[]).filter((key) => seen[key]);
  return { context, name: probe.name, target, fate, seenBy };
}

/** Tries all probes that can share an environment, one environment after another. */
async function runTogether(
  scene: Scene,
  placed: readonly Placed[],
  aimOf: (one: Placed) => Aim,
): Promise<Map<Placed, Fate>> {
  const fates = new Map<Placed, Fate>();
  for (const context of new Set(placed.map((one) => one.context))) {
    const together = placed.filter((one) => one.context === context);
    const n = await tryTogether(scene, context, writeScript(together, together.map(aimOf), quietMs));
    for (const one of together) fates.set(one, n === together.length ? 'ran' : 'not run');
  }
  return fates;
}

/** Tries all probes of a set in a scene and answers what was seen of each outside the browser. */
export async function runProbes(
  witness: Witness,
  scene: Scene,
  set: ProbeSet,
  canary: string,
): Promise<Result[]> {
  const placed = set.flatMap(({ context, probes }) =>
    probes.map((probe) => place(probe, context, scene.name)),
  );
  const ports = await witness.openSinks(placed.map(({ target }) => target));
  const aimOf = ({ target }: Placed): Aim => ({
    port: ports[target] ?? 0,
    ip: witness.sinkAddress,
    ownBase: scene.url,
    canary,
  });
  const fates = await runTogether(
    scene,
    placed.filter(({ probe }) => !probe.alone),
    aimOf,
  );
  // What ended the page they shared is found by trying each alone.
  const alone = placed.filter((one) => one.context === 'page' && fates.get(one) !== 'ran');
  await inTurns(alone, async (one) => void fates.set(one, await tryAlone(scene, one, aimOf(one))));
  await wait(quietMs);
  const sight = await witness.look();
  return placed.map((one) => judge(one, fates.get(one) ?? 'not run', sight, scene.port));
}
