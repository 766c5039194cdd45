/** `ipvsadm -Ln` and /proc/net/ip_vs. */
import { NotUnderstood } from '../model/errors.ts'
import { citeLine, type Parser, type Reading, type Section, type Unread, unreadLine } from '../model/evidence.ts'
import type { Ipvs, IpvsServer, IpvsService } from '../model/facts.ts'
import { readServerLine, readServiceLine } from './ipvsadm/lines.ts'

type OpenService = Omit<IpvsService, 'servers'> & { readonly servers: IpvsServer[] }

/**
 * Virtual services and their servers. The header alone is a table that is empty.
 * @throws NotUnderstood without a header or a service, when no service line is readable, and for the listings with other columns (`--stats`, `--rate`,
 * `--thresholds`, `--persistent-conn`).
 */
export const ipvsadm: Parser<Ipvs> = {
  format: 'ipvsadm',
  parse(section: Section): Reading<Ipvs> {
    const services: OpenService[] = []
    const unread: Unread[] = []
    let header = false
    let hex = /\/proc\/net\/ip_vs\b/.test(section.command)
    let current: OpenService | undefined
    section.lines.forEach((raw, index) => {
      const text = raw.trim()
      if (text === '' || /^IP Virtual Server version \d/.test(text)) return
      if (/^Prot +LocalAddress:Port/.test(text)) {
        if (!/^Prot +LocalAddress:Port +Scheduler +Flags$/.test(text))
          throw new NotUnderstood('columns of another listing')
        header = true
      } else if (/^-> +RemoteAddress:Port/.test(text)) {
        if (!/^-> +RemoteAddress:Port +Forward( +TunnelInfo)? +Weight +ActiveConn +InActConn$/.test(text))
          throw new NotUnderstood('columns of another listing')
        // The kernel prints its header without padding, ipvsadm with.
        hex = text === '-> RemoteAddress:Port Forward Weight ActiveConn InActConn'
        header = true
      } else if (text.startsWith('->')) {
        const server = readServerLine(text, hex, citeLine(section, index))
        if (server === undefined || current === undefined) unread.push(unreadLine(section, index))
        else current.servers.push(server)
      } else {
        const read = readServiceLine(text, hex, citeLine(section, index))
        if (read === undefined || read.partly) unread.push(unreadLine(section, index))
        current = read === undefined ? undefined : { ...read.service, servers: [] }
        if (current !== undefined) services.push(current)
      }
    })
    if (services.length === 0 && (!header || unread.length > 0))
      throw new NotUnderstood('no virtual service is readable')
    return { value: { services }, unread }
  },
}
