/** What keepalived 2.2.7 of Debian 12 said of the configurations of the corpus, recorded. LVSDOCTOR_RECORD=1 asks it again and records; LVSDOCTOR_DIFFERENTIAL=all asks of the whole corpus. */
import { createHash } from 'node:crypto'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { askAll, type Complaint, installedVersion } from './installed-program.ts'

const FILE = join(import.meta.dirname, 'recorded-2.2.7.txt')
const CRASHED = 'fell over, or never came to an end'

/** Complaints of each text, each once; 'crashed' where the program died of it. */
export async function recordedAnswers(
  texts: readonly string[],
): Promise<readonly (readonly Complaint[] | 'crashed')[]> {
  const asked = process.env.LVSDOCTOR_RECORD !== undefined || process.env.LVSDOCTOR_DIFFERENTIAL === 'all'
  const recording = asked ? await ask(texts) : readFileSync(FILE, 'utf8')
  if (process.env.LVSDOCTOR_RECORD !== undefined) writeFileSync(FILE, recording)
  const answers = read(recording)
  return texts.map((text) => {
    const answer = answers.get(nameOf(text))
    if (answer === undefined)
      throw new Error(`a configuration is not recorded: run LVSDOCTOR_RECORD=1 with keepalived 2.2\n${text}`)
    return answer
  })
}

async function ask(texts: readonly string[]): Promise<string> {
  if (installedVersion !== '2.2') throw new Error('no keepalived 2.2 is installed: nobody to ask')
  const said = await askAll(texts)
  const blocks = new Map<string, string>()
  for (const [index, text] of texts.entries()) {
    const { complaints = [], crashed = false } = said[index] ?? {}
    const lines = complaints.map((one) => `${one.line}\t${withoutPlace(one.text)}`)
    const body = crashed ? [CRASHED] : [...new Set(lines)]
    blocks.set(nameOf(text), [`= ${nameOf(text)}`, ...body].join('\n'))
  }
  return `${[...blocks.values()].join('\n')}\n`
}

function read(recording: string): ReadonlyMap<string, readonly Complaint[] | 'crashed'> {
  const answers = new Map<string, readonly Complaint[] | 'crashed'>()
  for (const block of recording.slice(2).split('\n= ')) {
    const [name = '', ...lines] = block.trimEnd().split('\n')
    const complaints = lines.map((line) => ({
      line: Number(line.split('\t', 1)[0]),
      text: line.slice(line.indexOf('\t') + 1),
    }))
    answers.set(name, lines[0] === CRASHED ? 'crashed' : complaints)
  }
  return answers
}

function nameOf(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 16)
}

/** `(/tmp/x/keepalived.conf: Line 3) Unknown keyword 'a'`: the place differs from run to run, the line has been taken. */
function withoutPlace(text: string): string {
  return text.replace(/^\((?:\S+: )?Line \d+\) /, '').replace(/\/tmp\/lvsdoctor-keepalived-\w+\//g, '')
}
