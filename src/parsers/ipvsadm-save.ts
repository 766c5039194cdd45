/** `ipvsadm -Sn`: the table as the commands that would make it again. */
import { NotUnderstood } from '../model/errors.ts'
import { citeLine, type Parser, type Reading, type Section, type Unread, unreadLine } from '../model/evidence.ts'
import type { Ipvs, IpvsServer, IpvsService } from '../model/facts.ts'
import { readSaveLine } from './ipvsadm/save-line.ts'

/**
 * Virtual services and their servers, without connection counts. A server of a service that no line adds is unread.
 * @throws NotUnderstood without any `-A` line: an empty table prints nothing, as a failed command does.
 */
export const ipvsadmSave: Parser<Ipvs> = {
  format: 'ipvsadm-save',
  parse(section: Section): Reading<Ipvs> {
    const services = new Map<string, Omit<IpvsService, 'servers'> & { readonly servers: IpvsServer[] }>()
    const unread: Unread[] = []
    section.lines.forEach((raw, index) => {
      const text = raw.trim()
      if (text === '' || text.startsWith('#')) return
      const read = readSaveLine(text)
      const at = citeLine(section, index)
      const service = read === undefined ? undefined : services.get(read.id)
      if (read?.adds === 'service' && service === undefined) services.set(read.id, { ...read.service, servers: [], at })
      else if (read?.adds === 'server' && service !== undefined) service.servers.push({ ...read.server, at })
      else unread.push(unreadLine(section, index))
    })
    if (services.size === 0) throw new NotUnderstood('no virtual service')
    return { value: { services: [...services.values()] }, unread }
  },
}
