/** The free words at the end of a row of `iptables -L`: each match and target prints itself in its own way. */
import type { FilterMatch } from '../../model/facts.ts'

export interface Extras {
  readonly goto: boolean
  readonly matches: readonly FilterMatch[]
  readonly options: Readonly<Record<string, string>>
}

interface Draft {
  goto: boolean
  readonly matches: FilterMatch[]
  readonly options: Record<string, string>
}

type Reader = readonly [pattern: RegExp, read: (draft: Draft, found: RegExpExecArray) => void]

let readers: readonly Reader[] | undefined

/** `! ` before the words, or `!` before the value. */
function is(option: string, module: string, group = 1, bang?: number): Reader[1] {
  return ({ matches }, found) => {
    const text = found[group] ?? ''
    const not = text.startsWith('!') || (bang !== undefined && (found[bang] ?? '').trim() === '!')
    matches.push({ option, module, not, values: [text.replace(/^!\s?/, '')] })
  }
}

function option(name: string): Reader[1] {
  return ({ options }, found) => {
    options[name] = found[1] ?? ''
  }
}

/** In the words of iptables 1.2 to 1.8; every pattern begins where the one before ended. */
function table(): readonly Reader[] {
  return [
    [/^\[goto\]/, (draft) => Object.assign(draft, { goto: true })],
    [/^\/\*.*?\*\//, () => undefined],
    [/^(?:tcp|udp|udplite|sctp|dccp)(?= |$)/, () => undefined],
    [/^spts?:(!?\S+)/, is('sport', 'multiport')],
    [/^dpts?:(!?\S+)/, is('dport', 'multiport')],
    [/^flags:(!?\S+)/, ({ matches }, [, text = '']) => matches.push(flags(text))],
    [/^multiport sports +(!?\S+)/, is('sports', 'multiport')],
    [/^multiport dports +(!?\S+)/, is('dports', 'multiport')],
    [/^multiport ports +(!?\S+)/, is('ports', 'multiport')],
    [/^(! )?(?:state|ctstate) (\S+)/, is('ctstate', 'conntrack', 2, 1)],
    [/^icmp(?: |type )(!)?(?:type )?(\d+)(?: code (\d+))?(?= |$)/, ({ matches }, found) => matches.push(icmp(found))],
    [/^icmp (!?[a-z][a-z-]+)/, is('icmp-type', 'icmp')],
    [/^PKTTYPE (!)?=? ?= ?(\S+)/, is('pkt-type', 'pkttype', 2, 1)],
    [/^source IP range (! )?(\S+)/, is('src-range', 'iprange', 2, 1)],
    [/^destination IP range (! )?(\S+)/, is('dst-range', 'iprange', 2, 1)],
    [
      /^ADDRTYPE match((?: (?:src|dst)-type !?[A-Z,]+)+)(?! limit)/,
      ({ matches }, [, text = '']) => matches.push(...addressTypes(text)),
    ],
    [/^mark match (! ?)?(0x[0-9a-f]+(?:\/0x[0-9a-f]+)?)/i, is('mark', 'mark', 2, 1)],
    [/^MAC ?(! ?)?((?:[0-9a-f]{2}:){5}[0-9a-f]{2})/i, is('mac-source', 'mac', 2, 1)],
    [/^limit: (?:avg|up to) (\S+) burst \d+/, is('limit', 'limit')],
    [/^reject-with (\S+)/, option('reject-with')],
    [/^LOG(?: flags \d+)?(?: level \S+)?(?: prefix [`"].*?["'])?(?= |$)/, () => undefined],
    [/^nflog-\w+ (?:".*?"|\S+)/, () => undefined],
    [/^MARK (?:set|xset) (\S+)/, option('set-xmark')],
    [/^MARK and (\S+)/, option('and-mark')],
    [/^MARK or (\S+)/, option('or-mark')],
    [/^MARK xor (\S+)/, option('xor-mark')],
    [/^CONNMARK restore(?: mask \S+)?/, option('restore-mark')],
    [/^CONNMARK (save(?: mask \S+)?|(?:and|or|xor|set|xset) \S+)/, option('save-mark')],
    [/^(?:CT )?notrack/i, option('notrack')],
    [/^to:(\S+)/, ({ options }, [, to = '']) => Object.assign(options, { 'to-destination': to, 'to-source': to, to })],
    [/^(?:redir|masq) ports:? (\S+)/, option('to-ports')],
    [/^TCPMSS (?:clamp to PMTU|set \S+)/, () => undefined],
  ]
}

/** What no pattern reads is a condition that cannot be decided; it may as well be an option of the target. */
export function readExtras(text: string, target: string | undefined): Extras {
  const draft: Draft = { goto: false, matches: [], options: {} }
  readers ??= table()
  let rest = text
  while (rest !== '') {
    const step = readOne(draft, rest)
    if (step === undefined) {
      const known = PLAIN_TARGETS.has(target ?? '') ? rest : rest.split(' ', 1)[0]
      draft.matches.push({ option: known ?? rest, not: false, values: [rest] })
      break
    }
    rest = step.trim()
  }
  return draft
}

const PLAIN_TARGETS = new Set(['ACCEPT', 'DROP', 'RETURN'])

function readOne(draft: Draft, rest: string): string | undefined {
  for (const [pattern, read] of readers ?? []) {
    const found = pattern.exec(rest)
    if (!found) continue
    read(draft, found)
    return rest.slice(found[0].length)
  }
  return undefined
}

/** `0x12/0x02`, `!0x17/0x02`, `SYN,ACK/SYN`. */
function flags(text: string): FilterMatch {
  const not = text.startsWith('!')
  const value = not ? text.slice(1) : text
  const [mask = '', set] = value.split('/')
  const values = set === undefined || value.startsWith('0x') ? [value] : [mask, set]
  return { option: 'tcp-flags', module: 'tcp', not, values }
}

function icmp([, bang, type, code]: RegExpExecArray): FilterMatch {
  return {
    option: 'icmp-type',
    module: 'icmp',
    not: bang === '!',
    values: [code === undefined ? `${type}` : `${type}/${code}`],
  }
}

function addressTypes(text: string): readonly FilterMatch[] {
  return [...text.matchAll(/(src|dst)-type (!?)([A-Z,]+)/g)].map(([, side, bang, types]) => ({
    option: `${side}-type`,
    module: 'addrtype',
    not: bang === '!',
    values: [types ?? ''],
  }))
}
