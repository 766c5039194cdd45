/** Who listens: `ss -lnt` and `netstat -lnt`, with `-p`, `-u` and the rest. Rows of other states are passed over. */
import { parseIp } from '../lib/ip.ts'
import { blankWords, wholeNumber } from '../lib/words.ts'
import { NotUnderstood } from '../model/errors.ts'
import { citeLine, type Parser, type Reading, type Section, type Unread, unreadLine } from '../model/evidence.ts'
import type { Sockets } from '../model/facts.ts'

export const sockets: Parser<Sockets> = { format: 'ss', parse: readSockets }

type Socket = Sockets['listening'][number]
type Protocol = Socket['protocol']
/** `other`: a row we know but that is no listener: ESTAB, a unix socket, netlink. */
type Row = Omit<Socket, 'at'> | 'other' | undefined

const HEADING =
  /^\s*(?:(?:Netid\s+)?State\s+Recv-Q|Proto\s+Recv-Q|Proto\s+RefCnt|Active (?:Internet connections|UNIX domain))/
/** What netstat tells a user who is not root. */
const NOTICE =
  /^\s*\(?(?:Not all processes could be identified|will not be shown, you would have|No info could be read)/
const STATES = new Set(
  (
    'LISTEN UNCONN ESTAB ESTABLISHED SYN-SENT SYN-RECV SYN_SENT SYN_RECV FIN-WAIT-1 FIN-WAIT-2 FIN_WAIT1 FIN_WAIT2 ' +
    'TIME-WAIT TIME_WAIT CLOSE CLOSE-WAIT CLOSE_WAIT LAST-ACK LAST_ACK CLOSING'
  ).split(' '),
)
const OTHER_KINDS =
  /^(?:u_(?:str|dgr|seq)|unix|nl|p_(?:raw|dgr)|raw6?|icmp6?|v_str|v_dgr|sctp|dccp|mptcp|tipc|udplite6?|\?\?\?)$/

function readSockets(section: Section): Reading<Sockets> {
  const listening: Socket[] = []
  const unread: Unread[] = []
  let known = false
  section.lines.forEach((line, index) => {
    if (line.trim() === '') return
    const words = blankWords(line)
    const row = HEADING.test(line) ? 'other' : (ssRow(words) ?? netstatRow(words))
    if (row !== undefined) {
      known = true
      if (row !== 'other') listening.push({ ...row, at: citeLine(section, index) })
    } else if (words[0]?.startsWith('users:((') && listening.length > 0) {
      // Old ss wraps the owner to a line of its own on a narrow terminal.
      const owner = owned(words)
      const last = listening.pop() as Socket
      listening.push({ ...last, ...owner, at: { ...last.at, last: citeLine(section, index).line } })
    } else if (!NOTICE.test(line)) unread.push(unreadLine(section, index))
  })
  if (!known) throw new NotUnderstood('no table of sockets')
  return { value: { listening }, unread, ...(isPartial(section.command) ? { partial: true } : {}) }
}

/** Filters, one address family, or other kinds than TCP: a TCP listener may be missing from the list. */
function isPartial(typed: string): boolean {
  // `PROC_ROOT=/proc ss -lnt`: the setting is no filter.
  const command = typed.replace(/^\s*\w+=\S*\s/, '')
  const options = [...command.matchAll(/\s-(\w+)/g)].map((found) => found[1]).join('')
  const withoutTcp = /[uwxdS]/.test(options) && !options.includes('t')
  return /[|=]|\s(?:sport|dport|src|dst|state)\s/.test(command) || /[46]/.test(options) || withoutTcp
}

/** `LISTEN 0 128 0.0.0.0:80 0.0.0.0:* users:(("nginx",pid=7,fd=6))`, with `tcp` in front where kinds are mixed */
function ssRow(words: readonly string[]): Row {
  const first = words[0] ?? ''
  if (OTHER_KINDS.test(first) && words.length > 4) return 'other'
  const mixed = first === 'tcp' || first === 'udp'
  const [state = '', received, queued, local = ''] = mixed ? words.slice(1) : words
  if (!STATES.has(state) || wholeNumber(received) === undefined || wholeNumber(queued) === undefined) return undefined
  if (state !== 'LISTEN' && state !== 'UNCONN') return 'other'
  // Without `Netid` the state tells: a TCP socket listens, a UDP socket is unconnected.
  const protocol: Protocol = mixed ? first : state === 'LISTEN' ? 'tcp' : 'udp'
  return socketOf(protocol, local, owned(words))
}

/** `tcp6 0 0 :::80 :::* LISTEN 1234/nginx: master`; UDP has no state */
function netstatRow(words: readonly string[]): Row {
  const [kind = '', received, queued, local = '', , state = ''] = words
  if (kind === 'unix' && words.length > 4) return 'other'
  if (!/^(?:tcp|udp)6?$/.test(kind)) return undefined
  if (wholeNumber(received) === undefined || wholeNumber(queued) === undefined) return undefined
  const protocol: Protocol = kind.startsWith('tcp') ? 'tcp' : 'udp'
  if (protocol === 'tcp' && state !== 'LISTEN') return STATES.has(state) ? 'other' : undefined
  if (protocol === 'udp' && state === 'ESTABLISHED') return 'other'
  return socketOf(protocol, local, owned(words))
}

function owned(words: readonly string[]): { process?: string } {
  for (const word of words.slice(4)) {
    const name = /^\d+\/([^\s:]+)/.exec(word)?.[1]
    if (name !== undefined) return { process: name }
  }
  const name = /users:\(\("([^"]+)"/.exec(words.join(' '))?.[1]
  return name === undefined ? {} : { process: name }
}

/** The port stands behind the last colon; `[::]`, `%lo` and the IPv4 address inside `::ffff:` are undone. */
function socketOf(protocol: Protocol, local: string, owner: { process?: string }): Row {
  const colon = local.lastIndexOf(':')
  const port = colon < 0 ? undefined : wholeNumber(local.slice(colon + 1))
  const bare = local
    .slice(0, Math.max(0, colon))
    .replace(/%[^\]]*/, '')
    .replace(/^\[|\]$/g, '')
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(bare)?.[1]
  const ip = bare === '*' ? bare : parseIp(mapped ?? bare)
  return ip === undefined || port === undefined || port > 65535 ? undefined : { protocol, ip, port, ...owner }
}
