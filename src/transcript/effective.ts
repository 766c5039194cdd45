/** What a typed line really runs: through sudo, time, env assignments, cd, pipes and redirections. */
import { baseName } from '../lib/text.ts'
import { splitList, splitPipe, type Token } from './words.ts'

export interface Effective {
  /** Words of the command that makes the output; `[0]` is its name without a path. */
  readonly words: readonly string[]
  /** The output went to a file: what is printed here is not it. */
  readonly redirected: boolean
  /** grep, head or tail took lines away: absence proves nothing. */
  readonly filtered: boolean
  /** grep chose single lines: what they stood under is gone. */
  readonly picked: boolean
  /** awk, sed, wc … rewrote the output: it is no longer in the command's format. */
  readonly rewritten: boolean
}

const WRAPPERS: Readonly<Record<string, RegExp>> = {
  // Options that take a value, which is dropped with them.
  sudo: /^-[ugpChrt]$/,
  doas: /^-[uC]$/,
  time: /^-[fo]$/,
  nohup: /^$/,
  command: /^$/,
  exec: /^-a$/,
  env: /^-[uC]$/,
  stdbuf: /^-[ioe]$/,
  nice: /^-n$/,
  watch: /^(?:-n|--interval)$/,
  timeout: /^-[ks]$/,
  unbuffer: /^$/,
  busybox: /^$/,
}

const LINE_FILTERS = new Set(['grep', 'egrep', 'fgrep', 'head', 'tail'])
const UNTOUCHED = new Set(['tee', 'less', 'more', 'cat', 'column'])

/** Commands of a list that print nothing worth reading. */
const SILENT = new Set(['cd', 'clear', 'sleep', 'export', 'set', 'true', ':', 'pushd', 'popd', 'echo'])

/** The one command of the line whose output follows, or undefined when several print. */
export function effective(line: string): Effective | undefined {
  const parts = splitList(line.slice(0, 4096))
  const printing = parts.filter((part) => !SILENT.has(baseName(part.tokens[0]?.word ?? '')))
  const only = printing.length === 1 ? printing[0] : undefined
  return only === undefined ? undefined : effectiveOf(only.tokens)
}

/** The same for one command of a list. */
export function effectiveOf(list: readonly Token[]): Effective {
  const [first = [], ...rest] = splitPipe(list)
  const { words, redirected } = withoutRedirections(first)
  const names = rest.map((stage) => unwrap(withoutRedirections(stage).words))
  const renumbers = (stage: readonly string[]): boolean =>
    stage.some((word) => /^-[a-zA-Z]*[cnoq]/.test(word) && word !== '-n')
  return {
    words: unwrap(words),
    redirected: redirected || rest.some((stage) => withoutRedirections(stage).redirected),
    filtered: names.some((stage) => LINE_FILTERS.has(stage[0] ?? '')),
    picked: [unwrap(words), ...names].some(picks),
    rewritten: names.some((stage) => {
      const name = stage[0] ?? ''
      if (name === 'grep' || name === 'egrep' || name === 'fgrep') return renumbers(stage.slice(1))
      return !LINE_FILTERS.has(name) && !UNTOUCHED.has(name)
    }),
  }
}

/** `grep -v` and grep with context leave the blocks of an output together. */
function picks(stage: readonly string[]): boolean {
  return /^(?:e|f|z)?grep$/.test(stage[0] ?? '') && !stage.slice(1).some((word) => /^-[a-zA-Z]*[vABC]/.test(word))
}

function withoutRedirections(list: readonly Token[]): { words: string[]; redirected: boolean } {
  const words: string[] = []
  let redirected = false
  for (let i = 0; i < list.length; i += 1) {
    const token = list[i]
    if (token === undefined) continue
    if (!token.op) words.push(token.word)
    else if (token.word.includes('>') || token.word.includes('<')) {
      if (/^(?:1?>>?|&>>?)$/.test(token.word)) redirected = true
      if (!/&\d$/.test(token.word)) i += 1
    }
  }
  return { words, redirected }
}

/** Drops wrappers and assignments; the name loses its path. */
export function unwrap(words: readonly string[]): string[] {
  let rest = [...words]
  for (let guard = 0; guard < 8; guard += 1) {
    while (rest[0] !== undefined && /^[A-Za-z_]\w*=/.test(rest[0])) rest = rest.slice(1)
    const name = baseName(rest[0] ?? '')
    const withValue = Object.hasOwn(WRAPPERS, name) ? WRAPPERS[name] : undefined
    if (withValue === undefined || rest.length < 2) return rest.length === 0 ? [] : [name, ...rest.slice(1)]
    let i = 1
    while (rest[i]?.startsWith('-')) i += withValue.test(rest[i] ?? '') ? 2 : 1
    if (name === 'timeout') i += 1
    rest = rest.slice(i)
  }
  return rest
}

/** `echo 1 > FILE`: where standard output goes. */
export function outputFile(list: readonly Token[]): string | undefined {
  const at = list.findIndex((token) => token.op && /^1?>>?$/.test(token.word))
  return at === -1 ? undefined : list[at + 1]?.word
}
