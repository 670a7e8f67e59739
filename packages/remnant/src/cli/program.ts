import { remnantVersion } from '@remnant/host';
import { defaultWorkers } from '@remnant/host/node';
import { Command, InvalidArgumentError, Option } from 'commander';
import { type CommonFlags, type Outcome, printOutcome } from './command.js';
import { type AppFlags, appCommand } from './commands/app.js';
import { type CheckFlags, checkCommand } from './commands/check.js';
import { type DemoFlags, demoCommand } from './commands/demo.js';
import { type InitFlags, initCommand } from './commands/init.js';
import { type ReportFlags, reportCommand } from './commands/report.js';
import { type AddFlags, addCommand, listCommand, verifyCommand } from './commands/resources.js';
import { type RunFlags, runCommand, runOptionFlags } from './commands/run.js';
import { simulateCommand, simulationFlags } from './commands/simulate.js';
import { exitCodes } from './failure.js';
import { readNumber } from './option-flags.js';
import type { Terminal } from './terminal.js';

const about =
  'Remnant finds the cancer cells that survive treatment, the programme they share from one patient to the next, and the ' +
  'switch that turns it on. It says so with evidence, and says "no" or "not testable" just as plainly. ' +
  'Nothing is sent anywhere. Research use only.';

const examples = `
Examples:
  remnant demo                                a simulated study, run and scored against its truth
  remnant init data/                          write a first study.yaml and samples.csv for a folder
  remnant check data/study.yaml               what this design can and cannot answer; opens no data
  remnant resources add collectri             install the regulons (--from DIR: from a folder)
  remnant run data/study.yaml -o results      the analysis; then open results/report.html
  remnant run data/study.yaml --regulator JUN --marker AXL
  remnant report results --lang fr            the same report in French
  remnant app results                         the private web app, on this computer only

Every command takes --help. Exit codes: 0 done, 2 bad input or options, 3 not enough memory,
130 stopped, 1 a bug.`;

const runExamples = `
Examples:
  remnant run study.yaml -o results
  remnant run samples.csv -o results                  a sample sheet alone is enough
  remnant run study.yaml --regulator FOSL1 JUN --marker CD44 AXL
  remnant run study.yaml -o results --json | jq '.claims[] | select(.verdict == "supported")'

Ctrl-C stops the run and keeps its finished steps; the same command goes on from there.
The same study and options give the same bytes, for any number of workers.`;

/** What every command needs: a way to run its work and print the outcome. */
interface Runner {
  readonly terminal: Terminal;
  /** Told the exit code of the command that ran. */
  readonly done: (exitCode: number) => void;
}

/** The commands, their flags and their help. */
export function program(runner: Runner): Command {
  const root = new Command('remnant')
    .description(about)
    .version(remnantVersion, '-v, --version', 'Print the version')
    .helpOption('-h, --help', 'Show help')
    .helpCommand('help [command]', 'Show help of a command')
    .addHelpText('after', examples)
    .showHelpAfterError('(add --help to see how it is used)');
  for (const add of [addDemo, addInit, addCheck, addRun, addReport, addApp, addSimulate, addResources])
    add(root, runner);
  return root;
}

function addDemo(root: Command, runner: Runner): void {
  const command = root
    .command('demo')
    .description('Simulate a study with planted truth, run it, and score the answers')
    .option('-o, --out <folder>', 'Results folder; the study is written to its subfolder study/', 'remnant-demo')
    .option('--seed <number>', 'Seed of the simulation and of the run (default: 1)', readNumber);
  withRunFlags(command).action(async (flags: DemoFlags) => {
    await finish(runner, 'demo', flags, () => demoCommand(flags, runner.terminal));
  });
}

function addInit(root: Command, runner: Runner): void {
  const command = root
    .command('init')
    .description('Write a first study.yaml and samples.csv for the data in a folder, to be completed by you')
    .argument('<folder>', 'Folder with 10x folders, .h5, .h5ad or tables')
    .option('--force', 'Replace a study.yaml or samples.csv that is there');
  withCommonFlags(command).action(async (folder: string, flags: InitFlags) => {
    await finish(runner, 'init', flags, () => initCommand(folder, flags));
  });
}

function addCheck(root: Command, runner: Runner): void {
  const command = root
    .command('check')
    .description('Say what a study can and cannot answer, and what a run will cost; opens no data')
    .argument('<study>', 'study.yaml, a sample sheet, or a folder that holds one')
    .addOption(languageOption());
  withCommonFlags(command).action(async (study: string, flags: CheckFlags) => {
    await finish(runner, 'check', flags, () => checkCommand(study, flags, runner.terminal));
  });
}

function addRun(root: Command, runner: Runner): void {
  const command = root
    .command('run')
    .description('Analyse a study; a stopped run goes on where it was when the command is repeated')
    .argument(
      '<study>',
      'study.yaml, a sample sheet, or a folder that holds one (before options that take several names)',
    )
    .option('-o, --out <folder>', 'Results folder', 'remnant-results')
    .option('--force', 'Also write into a folder that holds other files')
    .addHelpText('after', runExamples);
  for (const { option } of runOptionFlags) command.addOption(option);
  withRunFlags(command).action(async (study: string, flags: RunFlags) => {
    await finish(runner, 'run', flags, () => runCommand(study, flags, runner.terminal));
  });
}

function addReport(root: Command, runner: Runner): void {
  const command = root
    .command('report')
    .description('Draw report and figures of a results folder again, for instance in the other language')
    .argument('<out>', 'Results folder')
    .addOption(languageOption());
  withCommonFlags(command).action(async (out: string, flags: ReportFlags) => {
    await finish(runner, 'report', flags, () => reportCommand(out, flags));
  });
}

function addApp(root: Command, runner: Runner): void {
  const command = root
    .command('app')
    .description('Open the private web app on this computer; nothing is uploaded')
    .argument('[out]', 'Results folder whose report is shown beside it')
    .option('--port <number>', 'Port; 0 takes a free one', readNumber, 0);
  withCommonFlags(command).action(async (out: string | undefined, flags: AppFlags) => {
    await appCommand(out, flags, runner.terminal);
  });
}

function addSimulate(root: Command, runner: Runner): void {
  const command = root
    .command('simulate')
    .description('Write a simulated study with planted truth, as an ordinary study folder')
    .argument('<folder>', 'New folder');
  for (const { option } of simulationFlags) command.addOption(option);
  withCommonFlags(command).action(async (folder: string, flags: CommonFlags) => {
    await finish(runner, 'simulate', flags, () => simulateCommand(folder, flags, runner.terminal));
  });
}

function addResources(root: Command, runner: Runner): void {
  const resources = root.command('resources').description('Install and check packs of reference knowledge');
  withCommonFlags(
    resources.command('list').description('Packs, their licences and sources, and what is installed'),
  ).action(async (flags: CommonFlags) => {
    await finish(runner, 'resources list', flags, listCommand);
  });
  const add = resources
    .command('add')
    .description('Install a pack: download it from its source, or take it from a folder')
    .argument('<name>', 'Name of the pack, see "remnant resources list"')
    .option('--from <folder>', 'Take the files from this folder or a subfolder; nothing is downloaded')
    .option('--accept-hash <sha256...>', 'Accept a file with this checksum although Remnant does not know it');
  withCommonFlags(add).action(async (name: string, flags: AddFlags) => {
    await finish(runner, 'resources add', flags, () => addCommand(name, flags));
  });
  withCommonFlags(resources.command('verify').description('Hash every installed file again')).action(
    async (flags: CommonFlags) => {
      await finish(runner, 'resources verify', flags, verifyCommand);
    },
  );
}

async function finish(
  { terminal, done }: Runner,
  command: string,
  flags: CommonFlags,
  work: () => Promise<Outcome>,
): Promise<void> {
  const outcome = await work();
  printOutcome(terminal, command, outcome, flags);
  done(outcome.exitCode ?? exitCodes.ok);
}

function withCommonFlags(command: Command): Command {
  return command
    .option('--json', 'Print one JSON object on standard output instead of text')
    .option('-q, --quiet', 'No progress');
}

function withRunFlags(command: Command): Command {
  const workers = `Worker threads; the answer does not depend on it (default: ${String(defaultWorkers())} here)`;
  return withCommonFlags(command.addOption(languageOption()).option('--workers <number>', workers, readWorkers));
}

function languageOption(): Option {
  return new Option('--lang <language>', 'Language of report and figures').choices(['en', 'fr']).default('en');
}

function readWorkers(text: string): number {
  const workers = readNumber(text);
  if (Number.isInteger(workers) && workers >= 1 && workers <= 256) return workers;
  throw new InvalidArgumentError('It has to be a whole number from 1 to 256.');
}
