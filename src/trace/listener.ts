/** Does a program listen where the packet is for? */
import type { FilterPacket } from '../kernel/filter.ts'
import type { Host } from '../model/case.ts'
import type { Cite } from '../model/evidence.ts'
import type { Walk } from './walk.ts'

const NAMES: Readonly<Record<number, 'tcp' | 'udp'>> = { 6: 'tcp', 17: 'udp' }
const ANY = new Set(['*', '0.0.0.0', '::', '[::]'])

/** An open port of the address or of all of them. Without a listing of the sockets one is assumed. */
export function listener(walk: Walk, host: Host, { protocol, dst, dport }: FilterPacket): boolean {
  const { sockets } = host.facts
  const name = NAMES[protocol]
  const step = 'listener'
  // Port 0 stands for every port.
  if (name === undefined || dport === undefined || dport === 0) return true
  if (sockets.state === 'missing') {
    const assumed = [`a program on ${host.id} listens on ${name} port ${dport} (ss -lntu was not given)`]
    return walk.say({ step, host, text: 'its sockets were not given', assumed })
  }
  const here = sockets.value.listening.filter((one) => one.protocol === name && one.port === dport)
  const found = here.find(({ ip }) => ANY.has(ip) || ip === dst || ip === `::ffff:${dst}`)
  if (found) {
    const who = found.process === undefined ? '' : ` (${found.process})`
    return walk.say({ step, host, text: `listens on ${found.ip}:${found.port}${who}`, cites: [found.at] })
  }
  if (!sockets.whole && !listsAll(walk, sockets.from, name))
    return walk.say({
      step,
      host,
      text: `no listener on ${dport} is shown`,
      assumed: [`not all sockets of ${host.id} were shown`],
    })
  const others = here.map(({ ip }) => ip).join(', ')
  const text =
    others === ''
      ? `nothing listens on ${name} port ${dport}`
      : `port ${dport} listens on ${others} only, not on ${dst}`
  const cites = here.length > 0 ? here.map(({ at }) => at) : sockets.from
  return walk.say({ step, host, verdict: 'reject', text, cites })
}

/** `ss -lnt` shows no UDP, and every listener of TCP. */
function listsAll(walk: Walk, from: readonly Cite[], protocol: 'tcp' | 'udp'): boolean {
  return from.every(({ section }) => {
    const { command = '', whole = false } = walk.kase.sections.get(section) ?? {}
    const letters = /^(?:\w+=\S* )*(?:ss|netstat) -(\w+)$/.exec(command)?.[1] ?? ''
    return (
      whole && letters.includes('l') && letters.includes(protocol === 'tcp' ? 't' : 'u') && /^[lantup]+$/.test(letters)
    )
  })
}
