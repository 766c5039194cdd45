/** Rules of keywords of global_defs with options of their own. */
import { isMulticast } from './addresses.ts'
import { type NumberFault, unsignedFault } from './numbers.ts'
import { type Fault, invalid, lacking, missing, type Rule } from './rule.ts'
import { isLonger, numberFault } from './value-rules.ts'

const MOST_LVS_SECONDS = 2_678_400

/** An IP address or a domain name; the port has to be one. */
const smtp = (): Rule => (node) => {
  const [server, port] = node.args
  if (server === undefined) return missing(1)
  return port === undefined ? undefined : numberFault(unsignedFault(port, 1, 65535), 2, '1', '65535')
}

/** `lvs_timeouts tcp 60 tcpfin 5 udp 30`. */
const lvsTimeouts = (): Rule => (node) => {
  if (node.args.length < 2) return lacking(node.args.length + 1)
  return options(node.args, 0, {
    tcp: (value) => unsignedFault(value, 0, MOST_LVS_SECONDS),
    tcpfin: (value) => unsignedFault(value, 0, MOST_LVS_SECONDS),
    udp: (value) => unsignedFault(value, 0, MOST_LVS_SECONDS),
  })
}

const SYNCD: Readonly<Record<string, (value: string) => NumberFault>> = {
  inst: () => undefined,
  id: (value) => unsignedFault(value, 0, 255),
  maxlen: (value) => unsignedFault(value, 1, 65507),
  port: (value) => unsignedFault(value, 1, 65535),
  ttl: (value) => unsignedFault(value, 1, 255),
  group: (value) => (isMulticast(value) ? undefined : 'invalid-value'),
}

/** `lvs_sync_daemon eth0 inst VI_1 id 3`; before 2.0 `lvs_sync_daemon eth0 VI_1 3`, which 2.2 reads with a complaint. */
const syncd =
  (): Rule =>
  (node, { names }) => {
    const [device, instance, id] = node.args
    if (device === undefined) return lacking(1)
    if (isLonger(device, 15)) return { kind: 'too-long', word: 1, range: 'at most 15 characters' }
    const old = instance !== undefined && !(instance in SYNCD)
    const oldId = old && id !== undefined && !(id in SYNCD)
    if (oldId) {
      const fault = numberFault(unsignedFault(id, 0, 255), 3, '0', '255')
      return fault ?? { kind: 'deprecated-keyword', word: 3, didYouMean: `id ${id}` }
    }
    const word = node.args.indexOf('inst') + 2
    const name = old ? instance : node.args[word - 1]
    if ((old || word > 1) && name !== undefined)
      names.later.push({ kind: 'vrrp_instance', name, node, word: old ? 2 : word })
    return options(node.args, old ? 2 : 1, SYNCD)
  }

/** Names, each with a value. */
function options(
  args: readonly string[],
  from: number,
  known: Readonly<Record<string, (value: string) => NumberFault>>,
): Fault | undefined {
  for (let i = from; i < args.length; i += 2) {
    const check = Object.hasOwn(known, args[i] ?? '') ? known[args[i] ?? ''] : undefined
    const value = args[i + 1]
    if (check === undefined) return invalid(i + 1, Object.keys(known).join(', '))
    if (value === undefined) return args[i] === 'inst' ? missing(i + 2) : lacking(i + 2)
    const kind = check(value)
    if (kind !== undefined) return { kind, word: i + 2 }
  }
  return undefined
}

/** Octal, or names of bits: `IRUSR|IWGRP`. */
const umask = (): Rule => (node) => {
  const [first] = node.args
  if (first === undefined) return missing(1)
  if (/^[0-9]/.test(first)) {
    if (node.args.length > 1) return invalid(2, 'one argument')
    const value = /^(?:0[xX][0-9a-fA-F]+|[0-9]+)$/.test(first)
      ? Number(/^0[0-7]+$/.test(first) ? `0o${first}` : first)
      : -1
    return value >= 0 && value <= 0o777 ? undefined : invalid(1, '0 to 0777')
  }
  const bits = node.args.join('')
  return /^I[RWX](?:USR|GRP|OTH)(?:\|I[RWX](?:USR|GRP|OTH))*$/.test(bits) ? undefined : invalid(1, 'IRUSR|IWUSR|…')
}

const rxBufs = (): Rule => (node) => {
  if (node.args.length === 0) return lacking(1)
  const policies = node.args.map((value) => value.toUpperCase())
  const wrong = policies.findIndex((value) => value !== 'MTU' && value !== 'ADVERT')
  if (wrong >= 0) return numberFault(unsignedFault(node.args[0] ?? '', 0, 4294967295), 1, '0', '4294967295')
  return policies.includes('MTU') && policies.includes('ADVERT') ? invalid(2, 'MTU or ADVERT, not both') : undefined
}

const KINDS = new Set(['read', 'match', 'wildcard_match', 'brace_match'])

const includeCheck = (): Rule => (node) => {
  const wrong = node.args.findIndex((value, index) => {
    const signed = /^[+-]/.test(value)
    return !KINDS.has(signed ? value.slice(1) : value) || (!signed && index > 0)
  })
  return wrong < 0 ? undefined : invalid(wrong + 1, [...KINDS].join(', '))
}

export const GLOBAL_RULES: Readonly<Record<string, (parameters: readonly string[]) => Rule>> = {
  smtp,
  lvs_timeouts: lvsTimeouts,
  syncd,
  umask,
  rx_bufs: rxBufs,
  include_check: includeCheck,
}
