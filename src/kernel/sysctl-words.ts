/** Assignments on the command line of sysctl(8), and those that the shell tore apart. */
import type { Cite } from '../model/evidence.ts'
import type { TypedCommand } from '../model/facts.ts'

export interface Torn {
  readonly key: string
  readonly value: string
  readonly at: Cite
}

const OPERATOR = /^(?:&&|\|\|?|;;?|&)$/
const REDIRECTION = /^\d?[<>]/
const KEY = /^[A-Za-z0-9_-]+(?:[./][A-Za-z0-9_*-]+)+$/
const VALUE = /^[A-Za-z0-9_.:-]+$/
const WHOLE = /^([A-Za-z0-9_-]+(?:[./][A-Za-z0-9_*-]+)+)=(.+)$/
/** They read values from files; what follows is a file name. */
const FROM_FILES = /^(?:-[a-zA-Z]*[pf]|--load(?:=.*)?|--system)$/

/**
 * `k = v`, `k =v` and `k= v`, unless a later command sets the key to the same value in one word. Keys and values that could mean anything to a
 * shell are left out. Linear in the words.
 */
export function brokenAssignments(commands: readonly TypedCommand[]): {
  readonly broken: readonly Torn[]
  readonly good: readonly Cite[]
} {
  const torn: (Torn & { readonly order: number })[] = []
  const good: Cite[] = []
  const repaired = new Map<string, number>()
  for (const { words, at, order } of commands) {
    for (const args of sysctlArguments(words)) {
      for (const [index, word] of args.entries()) {
        const whole = WHOLE.exec(word)
        if (whole?.[1] !== undefined && whole[2] !== undefined) {
          good.push(at)
          repaired.set(`${whole[1]}=${whole[2]}`, order)
          continue
        }
        const found = tornAt(args, index)
        if (found) torn.push({ ...found, at, order })
      }
    }
  }
  const broken = torn.filter(({ key, value, order }) => (repaired.get(`${key}=${value}`) ?? -1) < order)
  return { broken, good }
}

function tornAt(args: readonly string[], index: number): Pick<Torn, 'key' | 'value'> | undefined {
  const [word = '', next, after] = args.slice(index, index + 3)
  const joined = word.endsWith('=')
  const key = joined ? word.slice(0, -1) : word
  const value = joined ? next : next === '=' ? after : next?.startsWith('=') ? next.slice(1) : undefined
  if (value === undefined || !KEY.test(key) || !VALUE.test(value)) return undefined
  return { key, value }
}

/** The arguments of each sysctl among commands joined by `&&`, `;` or `|`. */
function sysctlArguments(words: readonly string[]): readonly (readonly string[])[] {
  const parts: string[][] = [[]]
  for (const word of words) {
    if (OPERATOR.test(word)) parts.push([])
    else parts.at(-1)?.push(word)
  }
  return parts.flatMap((part) => {
    const [name = '', ...args] = part[0] === 'sudo' ? part.slice(1) : part
    if (!/^(?:\/\S*\/)?sysctl$/.test(name) || args.some((word) => FROM_FILES.test(word))) return []
    const end = args.findIndex((word) => REDIRECTION.test(word))
    return [end < 0 ? args : args.slice(0, end)]
  })
}
