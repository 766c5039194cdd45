/** Keys that a command asks for, where it prints their values alone. */
import { blankWords } from '../../lib/words.ts'
import { sysctlKey, sysctlKeyOfPath } from './keys.ts'

const PROGRAMS = new Set(['sysctl', 'cat', 'head', 'more'])

/** `a/{b,c}/d` is `a/b/d a/c/d`. One pair of braces is enough for what people type. */
function spread(word: string): readonly string[] {
  const open = word.indexOf('{')
  const close = word.indexOf('}', open)
  if (open < 0 || close < 0) return [word]
  const choices = word.slice(open + 1, close).split(',')
  return choices.map((choice) => word.slice(0, open) + choice + word.slice(close + 1))
}

/** The program that prints values, without folder and whatever stands before it, and its arguments. */
function invocation(command: string): { readonly program: string | undefined; readonly rest: readonly string[] } {
  const words = blankWords(command.split(/\s\d?>|[|;<>&]/, 1)[0] ?? '')
  const at = words.findIndex((word) => PROGRAMS.has(word.slice(word.lastIndexOf('/') + 1)))
  const program = at < 0 ? undefined : words[at]?.slice(words[at].lastIndexOf('/') + 1)
  return { program, rest: words.slice(at + 1) }
}

/**
 * Keys in the order of their values for `sysctl -n KEY…` and `cat /proc/sys/…`; empty for commands that print the
 * names themselves; `undefined` when only the shell knows the names (`*`, `$x`).
 */
export function askedKeys(command: string): readonly string[] | undefined {
  const { program, rest } = invocation(command)
  if (program === undefined) return []
  const bySysctl = program === 'sysctl'
  if (bySysctl && !rest.some((word) => /^-[a-zA-Z]*n|^--values$/.test(word))) return []
  const names = rest.filter((word) => !word.startsWith('-')).flatMap(spread)
  const keys: string[] = []
  for (const name of names) {
    const key = bySysctl ? sysctlKey(name) : sysctlKeyOfPath(name)
    if (key === undefined || /[*?$[]/.test(name)) return undefined
    keys.push(key)
  }
  return keys
}

/** Does the command set values? Its output then repeats what was asked for. */
export function setsValues(command: string): boolean {
  const { program, rest } = invocation(command)
  return program === 'sysctl' && rest.some((word) => /^(?:-[a-zA-Z]*[wp]|--write|--load|--system)|^[^-].*=/.test(word))
}
