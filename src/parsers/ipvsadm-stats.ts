/** `ipvsadm -Ln --stats`, also with `--exact`. */
import { blankWords } from '../lib/words.ts'
import { NotUnderstood } from '../model/errors.ts'
import { citeLine, type Parser, type Reading, type Section, type Unread, unreadLine } from '../model/evidence.ts'
import type { IpvsCounters, IpvsStats } from '../model/facts.ts'
import { readEndpoint, readServiceName } from './ipvsadm/endpoint.ts'

type Service = IpvsStats['services'][number]
type OpenService = Omit<Service, 'servers'> & { readonly servers: Service['servers'][number][] }

const UNITS: Readonly<Record<string, number>> = { '': 1, K: 1e3, M: 1e6, G: 1e9, T: 1e12 }

/** `80`, `12345K`: above 99999999 ipvsadm rounds to thousands, millions … unless `--exact`. */
function readAmount(text: string | undefined): number | undefined {
  const parts = /^(\d{1,16})([KMGT]?)$/.exec(text ?? '')
  const unit = UNITS[parts?.[2] ?? '']
  const value = parts === null || unit === undefined ? Number.NaN : Number(parts[1]) * unit
  return Number.isSafeInteger(value) ? value : undefined
}

function readCounters(words: readonly string[]): IpvsCounters | undefined {
  const [conns, inPkts, outPkts, inBytes, outBytes] = words.map(readAmount)
  if (words.length !== 5 || conns === undefined || inPkts === undefined || outPkts === undefined) return undefined
  return inBytes === undefined || outBytes === undefined ? undefined : { conns, inPkts, outPkts, inBytes, outBytes }
}

/**
 * Totals since the service or server was added (or `ipvsadm -Z`): connections, packets, bytes. In DR and TUN mode the
 * answers pass the director by, so outPkts stays 0. The header alone is a table that is empty.
 * @throws NotUnderstood without the header of `--stats` and any service.
 */
export const ipvsadmStats: Parser<IpvsStats> = {
  format: 'ipvsadm-stats',
  parse(section: Section): Reading<IpvsStats> {
    const services: OpenService[] = []
    const unread: Unread[] = []
    let header = false
    let current: OpenService | undefined
    section.lines.forEach((raw, index) => {
      const text = raw.trim()
      const at = citeLine(section, index)
      if (text === '' || /^IP Virtual Server version \d/.test(text) || text === '-> RemoteAddress:Port') return
      if (/^Prot +LocalAddress:Port/.test(text)) {
        if (!/:Port +Conns +InPkts +OutPkts +InBytes +OutBytes$/.test(text)) throw new NotUnderstood('other columns')
        header = true
        return
      }
      const words = blankWords(text)
      if (words[0] === '->') {
        const server = readEndpoint(words[1] ?? '')
        const totals = readCounters(words.slice(2))
        if (server === undefined || totals === undefined || current === undefined)
          unread.push(unreadLine(section, index))
        else current.servers.push({ ...server, totals, at })
        return
      }
      const named = readServiceName(words, false)
      const totals = named === undefined ? undefined : readCounters(words.slice(named.words))
      current = named === undefined || totals === undefined ? undefined : { ...named.name, totals, servers: [], at }
      if (current === undefined) unread.push(unreadLine(section, index))
      else services.push(current)
    })
    if (services.length === 0 && (!header || unread.length > 0)) throw new NotUnderstood('no statistics of a service')
    return { value: { services }, unread }
  },
}
