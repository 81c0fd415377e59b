/** `npm run check`: lint, format, the type-checks and the build, without tests. */
import { ensureInstalled } from '../src/headless/install.mjs';
import { runChecks } from './checks.mjs';

ensureInstalled();
const { passed, failed } = runChecks(process.env);
console.log(`${passed} passed, ${failed} failed`);
process.exit(failed === 0 ? 0 : 1);
