/** What a shell script can end in, and how long it sleeps: as far as its text tells. */
import type { ShellCommand, ShellNode } from './shell-script.ts'

/** Says of a command's words that nothing after it matters, or that it cannot fail. */
export type Harmless = (words: readonly string[]) => boolean

/** Every command, those of functions and branches too. */
export function everyCommand(nodes: readonly ShellNode[]): readonly ShellCommand[] {
  return nodes.flatMap((node) => {
    if (node.is === 'list') return node.commands
    if (node.is === 'block') return everyCommand(node.body)
    return [...everyCommand(node.test), ...node.branches.flatMap((branch) => everyCommand(branch))]
  })
}

/** The line whose status is the script's, where that can only be 0; undefined: it can be another, or one cannot tell. */
export function alwaysZero(nodes: readonly ShellNode[], shebang: string, harmless: Harmless): number | undefined {
  // `#!/bin/sh -e` ends at the first command that fails.
  if (/^#!\S+(?:\s+\S+)*\s-[a-z]*e/.test(shebang)) return undefined
  const commands = everyCommand(nodes)
  if (commands.some((command) => endsOtherwise(command.words))) return undefined
  return endsInZero(nodes, harmless) ? commands.at(-1)?.line : undefined
}

/** `exit 1`, `exit $rc`, or something that takes the script's place or may end it. */
function endsOtherwise([name = '', ...args]: readonly string[]): boolean {
  if (name === 'exit') return args[0] !== '0'
  if (name === 'set') return args.some((arg) => /^-\w*e/.test(arg) || arg === 'errexit' || arg === 'pipefail')
  return ['exec', '.', 'source', 'trap', 'eval', 'return', 'kill'].includes(name) && !isAboutOthers(name, args)
}

/** `kill -9 1234` kills somebody else; `kill $$` does not. */
function isAboutOthers(name: string, args: readonly string[]): boolean {
  return name === 'kill' && !args.some((arg) => arg === '$$' || arg === '0')
}

function endsInZero(nodes: readonly ShellNode[], harmless: Harmless): boolean {
  const last = nodes.at(-1)
  if (last === undefined || last.is === 'block') return false
  if (last.is === 'if') return last.branches.every((branch) => endsInZero(branch, harmless))
  let zero = false
  last.commands.forEach((command, index) => {
    const own = command.background || isZero(command.words) || harmless(command.words)
    if (command.joined === '&&') zero = zero && own
    else if (command.joined === '||') zero = zero || own
    else if (command.joined === '|' && index > 0 && last.commands[index - 1]?.joined === '||') zero = zero || own
    else zero = own
  })
  return zero
}

function isZero([name = '', ...args]: readonly string[]): boolean {
  if (name === 'exit') return args[0] === '0'
  return ['true', ':', 'echo', 'printf', 'sleep', 'logger', '/bin/true', '/usr/bin/true'].includes(name)
}

export interface Sleep {
  readonly seconds: number
  /** Lines of the `sleep` commands on the longest way. */
  readonly lines: readonly number[]
}

const NO_SLEEP: Sleep = { seconds: 0, lines: [] }
const UNITS: Readonly<Record<string, number>> = { s: 1, m: 60, h: 3600 }

/** The longest way through conditions; a loop counts once, a `case` and functions do not count. */
export function longestSleep(nodes: readonly ShellNode[]): Sleep {
  let total = NO_SLEEP
  for (const node of nodes) {
    if (node.is === 'list') for (const command of node.commands) total = plus(total, sleepOf(command))
    else if (node.is === 'if') {
      const ways = node.branches.map((branch) => longestSleep(branch))
      total = plus(
        plus(total, longestSleep(node.test)),
        ways.reduce((a, b) => (b.seconds > a.seconds ? b : a), NO_SLEEP),
      )
    } else if (node.kind === 'loop' || node.kind === 'group') total = plus(total, longestSleep(node.body))
  }
  return total
}

function plus(a: Sleep, b: Sleep): Sleep {
  return { seconds: a.seconds + b.seconds, lines: [...a.lines, ...b.lines] }
}

function sleepOf({ words: [name, time = ''], line, background }: ShellCommand): Sleep {
  const [, number, unit = 's'] = /^(\d{1,6}(?:\.\d{1,6})?)([smh]?)$/.exec(time) ?? []
  if (name !== 'sleep' || number === undefined || background) return NO_SLEEP
  return { seconds: Number(number) * (UNITS[unit || 's'] ?? 1), lines: [line] }
}
