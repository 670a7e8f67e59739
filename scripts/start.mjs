// npm start: from a bare checkout to a report. `npm start -- --seed 3` passes options to the demo,
// `npm start -- check study.yaml` runs another command.
import { build } from './build.mjs';
import { setUp } from './setup.mjs';

setUp();
build();
const { main } = await import('../packages/remnant/dist/cli/main.js');
const args = process.argv.slice(2);
process.exitCode = await main(args[0] === undefined || args[0].startsWith('-') ? ['demo', ...args] : args);
