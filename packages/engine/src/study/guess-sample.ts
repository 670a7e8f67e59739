import { wordKey } from './nearest.js';
import { readStage } from './stages.js';
import type { Stage } from './types.js';

/** What the name of a sample gives away; null for what it does not. */
export interface SampleGuess {
  readonly patient: string | null;
  readonly stage: Stage | null;
  readonly treatment: string | null;
  readonly day: string | null;
  readonly replicate: string | null;
}

/** Drugs and regimens recognised in names, to know where a patient's name ends; never used to guess a stage. */
const drugKeys = new Set(
  [
    ...['AC', 'EC', 'FEC', 'TAC', 'FOLFOX', 'FOLFIRI', '5FU', '5-FU', 'fluorouracil', 'capecitabin', 'capecitabine'],
    ...['cisplatin', 'cisplatine', 'carboplatin', 'carboplatine', 'oxaliplatin', 'paclitaxel', 'docetaxel', 'taxol'],
    ...['doxorubicin', 'doxorubicine', 'epirubicin', 'cyclophosphamide', 'gemcitabine', 'etoposide', 'vincristine'],
    ...['cytarabine', 'azacitidine', 'venetoclax', 'temozolomide', 'olaparib', 'niraparib', 'talazoparib'],
    ...['erlotinib', 'gefitinib', 'osimertinib', 'afatinib', 'lapatinib', 'alectinib', 'crizotinib', 'lorlatinib'],
    ...['vemurafenib', 'dabrafenib', 'encorafenib', 'trametinib', 'cobimetinib', 'sotorasib', 'adagrasib', 'imatinib'],
    ...['trastuzumab', 'tamoxifen', 'fulvestrant', 'palbociclib', 'ribociclib', 'enzalutamide', 'abiraterone'],
    ...['panobinostat', 'bortezomib', 'ibrutinib', 'chemo', 'chemotherapy', 'chimio'],
  ].map(wordKey),
);

/** A piece of a name, and the stretch of the name between separators that it belongs to. */
interface Piece {
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

/** Accession numbers of archives, which name a file, never a patient. */
const accession = /^(GSM|GSE|SRR|SRX|SRS|ERR|ERX|ERS|DRR|DRX|SAMN|SAMEA)\d+[\s_.-]*/i;

interface Found {
  readonly kind: 'stage' | 'treatment' | 'day' | 'replicate';
  readonly value: string;
  readonly start: number;
  readonly end: number;
}

/**
 * Guesses patient, stage, treatment, day and replicate from a sample's name, such as `HBCx10_AC1` or `P01_relapse`.
 *
 * The patient is what stands before the first word recognised (or after the last, when the name starts with a stage).
 * A drug says that a sample was treated, not whether it is residual or has regrown: the stage stays null. Two words for
 * different stages cancel out.
 */
export function guessSample(fullName: string): SampleGuess {
  const name = fullName.replace(accession, '');
  const found = recognise(name);
  const stages = new Set(found.filter(({ kind }) => kind === 'stage').map(({ value }) => value));
  const first = (kind: Found['kind']): string | null => found.find((f) => f.kind === kind)?.value ?? null;
  return {
    patient: found.some(({ kind }) => kind !== 'replicate') ? patientIn(name, found) : null,
    stage: stages.size === 1 ? (first('stage') as Stage) : null,
    treatment: first('treatment'),
    day: first('day'),
    replicate: first('replicate'),
  };
}

function patientIn(name: string, found: readonly Found[]): string | null {
  const start = Math.min(...found.map((f) => f.start));
  const before = trimSeparators(name.slice(0, start));
  if (before !== '') return before;
  const after = trimSeparators(name.slice(Math.max(...found.map((f) => f.end))));
  return after === '' ? null : after;
}

function trimSeparators(text: string): string {
  return text.replace(/^[\s_.-]+|[\s_.-]+$/g, '');
}

function recognise(name: string): Found[] {
  const pieces = piecesOf(name);
  const found: Found[] = [];
  for (let i = 0; i < pieces.length; ) {
    const hit = longestHit(name, pieces, i);
    if (hit === null) i++;
    else {
      found.push(...hit.found);
      i += hit.length;
    }
  }
  return found;
}

/** Up to three neighbouring pieces may form one word (`drug tolerant persister`, `day 0`). */
function longestHit(name: string, pieces: readonly Piece[], from: number): { found: Found[]; length: number } | null {
  for (let length = Math.min(3, pieces.length - from); length > 0; length--) {
    const taken = pieces.slice(from, from + length);
    const [first, last] = [taken[0] as Piece, taken.at(-1) as Piece];
    const text = length === 1 ? first.text : name.slice(first.start, last.end);
    const found = readPiece(text, first.start, last.end, from === 0);
    if (found.length > 0) return { found, length };
  }
  return null;
}

/** The first piece names the patient unless it is plainly a stage: `PD1`, `AC3` and `D4` are patients there. */
function readPiece(text: string, start: number, end: number, isFirst: boolean): Found[] {
  const at = (kind: Found['kind'], value: string): Found => ({ kind, value, start, end });
  const [, word = '', digits = ''] = /^(.*?)[\s_.-]*(\d*)$/.exec(text) ?? [];
  const isLong = wordKey(word).length >= 4;
  const stage = (isFirst && !isLong ? null : readStage(text)) ?? (isLong ? readStage(word) : null);
  const numbered = stage === null || readStage(text) !== null || digits === '' ? [] : [at('replicate', digits)];
  if (stage !== null) return [at('stage', stage.stage), ...numbered];
  const day = (isFirst ? /^(?:day|jour)[\s_.-]?(\d+)$/i : /^(?:day|jour|d|j)[\s_.-]?(\d+)$/i).exec(text)?.[1];
  if (day !== undefined) return [at('day', day)];
  if (isFirst) return [];
  if (drugKeys.has(wordKey(text))) return [at('treatment', text)];
  if (drugKeys.has(wordKey(word))) return [at('treatment', word), ...(digits === '' ? [] : [at('replicate', digits)])];
  const replicate = /^(?:r|rep|replicate|réplicat|n)[\s_.-]?(\d+)$/i.exec(text)?.[1];
  return replicate === undefined ? [] : [at('replicate', replicate)];
}

/** Splits at separators, and inside words at a change to upper case before a stage word (`AnthraRelapse1`). */
function piecesOf(name: string): Piece[] {
  return [...name.matchAll(/[^\s_.-]+/g)].flatMap((match) => {
    const start = match.index;
    const cut = /^(.*[\p{Ll}\d])(\p{Lu}\p{Ll}{3,}\d*)$/u.exec(match[0]);
    const [, left = '', right = ''] = cut ?? [];
    if (cut === null || readStage(right.replace(/\d+$/, '')) === null) {
      return [{ text: match[0], start, end: start + match[0].length }];
    }
    const end = start + match[0].length;
    return [
      { text: left, start, end },
      { text: right, start, end },
    ];
  });
}
