/** `ipvsadm -Lnc` and /proc/net/ip_vs_conn. */
import { blankWords } from '../lib/words.ts'
import { NotUnderstood } from '../model/errors.ts'
import { citeLine, type Parser, type Reading, type Section, type Unread, unreadLine } from '../model/evidence.ts'
import type { Endpoint, IpvsConn, IpvsConns } from '../model/facts.ts'
import { readEndpoint, readKernelEndpoint } from './ipvsadm/endpoint.ts'

function ends(list: readonly (Endpoint | undefined)[]): Pick<IpvsConn, 'client' | 'virtual' | 'server'> | undefined {
  const [client, virtual, server] = list
  return client === undefined || virtual === undefined || server === undefined ? undefined : { client, virtual, server }
}

/** `TCP 01:37  FIN_WAIT    172.16.0.10:55140  192.168.10.100:80  192.168.10.21:80`, a persistence engine adds two words. */
function readLine(words: readonly string[]): Omit<IpvsConn, 'at'> | undefined {
  const [protocol = '', expire = '', state = ''] = words
  const found = ends(words.slice(3, 6).map(readEndpoint))
  if (!/^[A-Z]{2,4}$/.test(protocol) || !/^\d{2,7}:\d{2}$/.test(expire) || found === undefined) return undefined
  return { protocol: protocol.toLowerCase(), state, ...found }
}

/** `TCP AC10000A D764 C0A80A64 0050 C0A80A15 0050 FIN_WAIT         97`: the kernel's own listing, in hex. */
function readKernelLine(words: readonly string[]): Omit<IpvsConn, 'at'> | undefined {
  const [protocol = '', fromIp = '', fromPort = '', toIp = '', toPort = '', atIp = '', atPort = '', state, expire] =
    words
  const pairs = [
    [fromIp, fromPort],
    [toIp, toPort],
    [atIp, atPort],
  ] as const
  const found = ends(pairs.map(([ip, port]) => readKernelEndpoint(ip, port)))
  if (!/^[A-Z]{2,4}$/.test(protocol) || state === undefined || !/^\d+$/.test(expire ?? '')) return undefined
  return found === undefined ? undefined : { protocol: protocol.toLowerCase(), state, ...found }
}

/**
 * Connections and persistence templates (state NONE, client port 0) that the director knows. The header alone is a
 * table that is empty. A template of a firewall-mark service has the mark as its virtual address: mark 8 is `0.0.0.8`.
 * @throws NotUnderstood without a header or a connection.
 */
export const ipvsadmConn: Parser<IpvsConns> = {
  format: 'ipvsadm-conn',
  parse(section: Section): Reading<IpvsConns> {
    const conns: IpvsConn[] = []
    const unread: Unread[] = []
    let header = false
    section.lines.forEach((raw, index) => {
      const text = raw.trim()
      if (text === '') return
      if (text === 'IPVS connection entries' || /^pro +expire +state/.test(text) || /^Pro +FromIP +FPrt/.test(text)) {
        header = true
        return
      }
      const words = blankWords(text)
      const conn = readLine(words) ?? readKernelLine(words)
      if (conn === undefined) unread.push(unreadLine(section, index))
      else conns.push({ ...conn, at: citeLine(section, index) })
    })
    if (conns.length === 0 && (!header || unread.length > 0)) throw new NotUnderstood('no connection entry')
    return { value: { conns }, unread }
  },
}
