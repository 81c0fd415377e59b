import { execFileSync } from 'node:child_process';

/** The end-to-end tests run on the build, so it is made afresh before them (UNDERSTUDY_BUILT=1: it just was). */
export default function buildOnce(): void {
  if (process.env.UNDERSTUDY_BUILT === '1') return;
  execFileSync('npx', ['vite', 'build', '--configLoader', 'runner', '--logLevel', 'warn'], {
    stdio: 'inherit',
  });
}
