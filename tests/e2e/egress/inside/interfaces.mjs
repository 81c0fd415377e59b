import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gateway, here } from './addresses.mjs';

const nowhere = '02:00:00:00:00:fe';

/**
 * The gateway is known to the kernel but is nobody, so that packets to the rest of the world are sent, seen and lost.
 * Without a default route Chromium gathers no address for WebRTC, which would then look closed.
 */
const commands = [
  'link set lo up',
  'link add v0 type veth peer name v1',
  `addr add ${here}/24 dev v0`,
  '-6 addr add fd77::1/64 dev v0 nodad',
  'link set v0 up',
  'link set v1 up',
  `neigh add ${gateway} lladdr ${nowhere} dev v0 nud permanent`,
  `-6 neigh add fd77::fe lladdr ${nowhere} dev v0 nud permanent`,
  `route add default via ${gateway}`,
  '-6 route add default via fd77::fe',
];

/**
 * Gives this namespace its interfaces and its resolver; throws where the machine does not allow it.
 * @param {string} folder where to put the file that names the resolver
 */
export function makeInterfaces(folder) {
  for (const command of commands) execFileSync('ip', command.split(' '), { stdio: 'pipe' });
  const resolver = join(folder, 'resolv.conf');
  writeFileSync(resolver, 'nameserver 127.0.0.1\n');
  execFileSync('mount', ['--bind', resolver, '/etc/resolv.conf'], { stdio: 'pipe' });
}
