import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { chmodSync, existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Order, Orders } from './inside/orders';

/** A network of its own for a browser: what its one process can be told to do, and how to start a program in it. */
export interface Namespace extends Orders {
  /** File every packet is written to, as pcap. */
  readonly packetFile: string;
  /** Script that starts a program inside: `enter PROGRAM PARAMETERS…`. */
  wrap(program: string): string;
  close(): void;
}

/** Tools a namespace is made with, and the Debian package each comes in. */
const tools = { unshare: 'util-linux', nsenter: 'util-linux', ip: 'iproute2', python3: 'python3-minimal' };
const isRoot = process.getuid?.() === 0;

function isThere(tool: string): boolean {
  const folders = [...(process.env.PATH ?? '').split(':'), '/usr/sbin', '/sbin'];
  return folders.some((folder) => existsSync(join(folder, tool)));
}

function installMissing(): void {
  const missing = Object.entries(tools).filter(([tool]) => !isThere(tool));
  if (missing.length === 0 || !isRoot || !existsSync('/etc/debian_version')) return;
  const packages = [...new Set(missing.map(([, name]) => name))];
  console.log(`Installing the Debian packages ${packages.join(', ')} for the network namespace.`);
  execFileSync('apt-get', ['update', '-qq'], { stdio: 'ignore' });
  execFileSync('apt-get', ['install', '-y', '-qq', '--no-install-recommends', ...packages], {
    stdio: 'ignore',
  });
}

/** Who is not root becomes it in a user namespace, where the machine allows that. */
const unshareFlags = [...(isRoot ? [] : ['--map-root-user']), '--net', '--mount'];
const enterFlags = [...(isRoot ? [] : ['--user', '--preserve-credentials']), '--net', '--mount'];

type Answer = { readonly id: number; readonly value?: unknown; readonly error?: string };

/** Sends orders to the process inside and waits for its answers. */
function makeCaller(child: ChildProcess): (name: keyof Orders, parameter?: unknown) => Promise<unknown> {
  let id = 0;
  return (name, parameter) =>
    new Promise((resolve, reject) => {
      const order: Order = { id: ++id, name, parameter };
      const own = order.id;
      const leave = () => reject(new Error('no network namespace could be made, or its process ended.'));
      const hear = (answer: Answer) => {
        if (answer.id !== own) return;
        child.off('message', hear).off('exit', leave);
        if (answer.error === undefined) resolve(answer.value);
        else reject(new Error(answer.error));
      };
      child.on('message', hear).on('exit', leave);
      child.send(order, (error) => {
        if (error) leave();
      });
    });
}

/** The process that answers names, keeps sinks and servers and writes down packets, with its orders. */
interface Inhabitant extends Orders {
  readonly pid: number | undefined;
  close(): void;
}

function spawnInhabitant(command: readonly string[], packetFile: string): Inhabitant {
  const host = join(import.meta.dirname, 'inside/host.mjs');
  const [program = process.execPath, ...parameters] = [...command, process.execPath, host, packetFile];
  const child = spawn(program, parameters, { stdio: ['ignore', 'inherit', 'pipe', 'ipc'] });
  // A program that is missing is heard of again by whoever gives the first order.
  child.on('error', () => undefined);
  const call = makeCaller(child);
  return {
    pid: child.pid,
    start: (isolated) => call('start', isolated) as ReturnType<Orders['start']>,
    serve: (options) => call('serve', options) as ReturnType<Orders['serve']>,
    stopServer: (port) => call('stopServer', port) as ReturnType<Orders['stopServer']>,
    openSinks: (names) => call('openSinks', names) as ReturnType<Orders['openSinks']>,
    look: () => call('look') as ReturnType<Orders['look']>,
    close: () => {
      if (child.connected) child.disconnect();
    },
  };
}

function writeEntry(folder: string, pid: number | undefined, program: string): string {
  const script = join(folder, 'enter');
  const command = ['nsenter', '--target', String(pid), ...enterFlags, '--', program];
  writeFileSync(script, `#!/bin/sh\nexec ${command.map((word) => `'${word}'`).join(' ')} "$@"\n`);
  chmodSync(script, 0o755);
  return script;
}

/**
 * Makes a network namespace and keeps what belongs to it in a folder; the browser in it is steered over pipes, so that every packet in it is the browser's.
 *
 * @throws Error where the machine does not allow namespaces or lacks the tools
 */
export async function openNamespace(folder: string): Promise<Namespace> {
  installMissing();
  const packetFile = join(folder, 'packets.pcap');
  const inhabitant = spawnInhabitant(['unshare', ...unshareFlags, '--'], packetFile);
  try {
    await inhabitant.start(true);
  } catch (error) {
    inhabitant.close();
    throw error;
  }
  return { ...inhabitant, packetFile, wrap: (program) => writeEntry(folder, inhabitant.pid, program) };
}

/** The same process outside of any namespace: sinks and servers only, no packets and no names. */
export async function openInhabitant(): Promise<Orders & { close(): void }> {
  const inhabitant = spawnInhabitant([], '');
  await inhabitant.start(false);
  return inhabitant;
}
