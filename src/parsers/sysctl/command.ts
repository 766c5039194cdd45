/** Keys that a command asks for, where it prints their values alone. */
import { blankWords } from '../../lib/words.ts'
import { sysctlKey, sysctlKeyOfPath } from './keys.ts'

/** `a/{b,c}/d` is `a/b/d a/c/d`. One pair of braces is enough for what people type. */
function spread(word: string): readonly string[] {
  const open = word.indexOf('{')
  const close = word.indexOf('}', open)
  if (open < 0 || close < 0) return [word]
  const choices = word.slice(open + 1, close).split(',')
  return choices.map((choice) => word.slice(0, open) + choice + word.slice(close + 1))
}

/**
 * Keys in the order of their values for `sysctl -n KEY…` and `cat /proc/sys/…`; empty for commands that print the
 * names themselves; `undefined` when only the shell knows the names (`*`, `$x`).
 */
export function askedKeys(command: string): readonly string[] | undefined {
  const words = blankWords(command.split(/[|;<>&]/, 1)[0] ?? '')
  const at = words.findIndex((word) => /^(?:\S*\/)?(?:sysctl|cat|head|more)$/.test(word))
  if (at < 0) return []
  const bySysctl = /sysctl$/.test(words[at] as string)
  const rest = words.slice(at + 1)
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
  return /\bsysctl\b[^|;]*\s(?:-[a-zA-Z]*[wp]|--write|--load|--system|[\w./-]+=)/.test(command)
}
