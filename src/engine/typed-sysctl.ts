/** Values that typed commands set: `sysctl -w k=v` and `echo v > /proc/sys/...`. Typed at a prompt only; a proposal sets nothing. */
import type { SysctlEntry } from '../model/facts.ts'
import type { HostCommand } from '../transcript/index.ts'

export interface TypedSysctl {
  readonly source: string
  readonly order: number
  readonly entry: SysctlEntry
}

const ECHO = /^(?:\/bin\/)?echo\s+["']?(-?\d+)["']?\s*>\s*\/proc\/sys\/(\S+)\s*$/
const ASSIGNMENT = /^([A-Za-z0-9_.*/-]+)=(\S+)$/

export function typedSysctls(commands: readonly HostCommand[]): readonly TypedSysctl[] {
  return commands.flatMap(({ command, source }) => {
    if (command.how !== 'prompt' || command.changes !== 'sysctl') return []
    const entry = (key: string, value: string): TypedSysctl => ({
      source,
      order: command.order,
      entry: { key, value, at: command.at, by: 'typed' },
    })
    const echoed = ECHO.exec(command.text)
    if (echoed?.[1] !== undefined && echoed[2] !== undefined) return [entry(keyOfPath(echoed[2]), echoed[1])]
    return command.words.flatMap((word) => {
      const assigned = ASSIGNMENT.exec(word)
      return assigned?.[1] !== undefined && assigned[2] !== undefined ? [entry(assigned[1], assigned[2])] : []
    })
  })
}

/** `net/ipv4/conf/eth0.10/rp_filter` -> `net.ipv4.conf.eth0/10.rp_filter`: the dot of a VLAN name is written as a slash. */
function keyOfPath(path: string): string {
  return path
    .split('/')
    .map((part) => part.replaceAll('.', '/'))
    .join('.')
}
