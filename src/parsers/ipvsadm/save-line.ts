/** One line of `ipvsadm -Sn`: `-A SERVICE …` or `-a SERVICE -r SERVER …`. */
import { blankWords, wholeNumber } from '../../lib/words.ts'
import type { IpvsServer, IpvsService } from '../../model/facts.ts'
import { readEndpoint } from './endpoint.ts'

type ServiceFields = Omit<IpvsService, 'servers' | 'at'>
type ServerFields = Omit<IpvsServer, 'at'>

export type SaveLine =
  | { readonly adds: 'service'; readonly id: string; readonly service: ServiceFields }
  | { readonly adds: 'server'; readonly id: string; readonly server: ServerFields }

/** Options by their short name; long ones as ipvsadm(8) lists them. */
const SHORT: ReadonlyMap<string, string> = new Map([
  ['--add-service', '-A'],
  ['--add-server', '-a'],
  ['--tcp-service', '-t'],
  ['--udp-service', '-u'],
  ['--fwmark-service', '-f'],
  ['--ipv6', '-6'],
  ['--scheduler', '-s'],
  ['--persistent', '-p'],
  ['--netmask', '-M'],
  ['--sched-flags', '-b'],
  ['--ops', '-o'],
  ['-O', '-o'],
  ['--real-server', '-r'],
  ['--gatewaying', '-g'],
  ['--ipip', '-i'],
  ['--masquerading', '-m'],
  ['--weight', '-w'],
])

const FORWARD: ReadonlyMap<string, IpvsServer['forward']> = new Map([
  ['-g', 'Route'],
  ['-i', 'Tunnel'],
  ['-m', 'Masq'],
])

/** Seconds that `-p` without a number stands for. */
const DEFAULT_PERSISTENCE = 360

function readOptions(words: readonly string[]): ReadonlyMap<string, string> {
  const options = new Map<string, string>()
  for (let at = 0; at < words.length; ) {
    const name = words[at] as string
    const next = words[at + 1]
    const value = next === undefined || /^-/.test(next) ? undefined : next
    options.set(SHORT.get(name) ?? name, value ?? '')
    at += value === undefined ? 1 : 2
  }
  return options
}

function readService(
  options: ReadonlyMap<string, string>,
): Pick<IpvsService, 'protocol' | 'vip' | 'port' | 'fwmark'> | undefined {
  const mark = options.get('-f')
  if (mark !== undefined) {
    const fwmark = wholeNumber(mark)
    return fwmark === undefined ? undefined : { fwmark }
  }
  for (const [option, protocol] of [
    ['-t', 'tcp'],
    ['-u', 'udp'],
    ['--sctp-service', 'sctp'],
  ] as const) {
    const at = readEndpoint(options.get(option) ?? '')
    if (at !== undefined) return { protocol, vip: at.ip, port: at.port }
  }
  return undefined
}

/** `undefined` for anything but a whole, numeric line. */
export function readSaveLine(text: string): SaveLine | undefined {
  const options = readOptions(blankWords(text))
  const name = readService(options)
  if (name === undefined || options.has('-A') === options.has('-a')) return undefined
  const id =
    name.fwmark === undefined ? `${name.protocol} ${name.vip}:${name.port}` : `${name.fwmark}${options.has('-6')}`
  if (options.has('-A')) {
    const scheduler = options.get('-s')
    const timeout = options.get('-p')
    const persistent = timeout === '' ? DEFAULT_PERSISTENCE : wholeNumber(timeout)
    if (scheduler === undefined || scheduler === '' || (timeout !== undefined && persistent === undefined))
      return undefined
    const mask = options.get('-M')
    const engine = options.get('--pe')
    const flags = [
      ...(mask === undefined ? [] : [`mask ${mask}`]),
      ...(engine === undefined ? [] : [`pe ${engine}`]),
      ...(options.has('-o') ? ['ops'] : []),
      ...(options.has('-b') ? [`(${options.get('-b')})`] : []),
    ]
    return {
      adds: 'service',
      id,
      service: { ...name, scheduler, ...(persistent === undefined ? {} : { persistent }), flags },
    }
  }
  const server = readEndpoint(options.get('-r') ?? '')
  const forward = [...FORWARD].find(([option]) => options.has(option))?.[1]
  const weight = wholeNumber(options.get('-w'))
  if (server === undefined || forward === undefined || weight === undefined) return undefined
  return { adds: 'server', id, server: { ...server, forward, weight } }
}
