/** What keepalived itself asks of an advert that reached it: number, version, interval, authentication. */
import type { Host } from '../model/case.ts'
import type { Cite } from '../model/evidence.ts'
import type { AdvertFlow } from '../topology/adverts.ts'
import { effectiveVrrp, type Speaker, speakersOf } from '../topology/vrrp.ts'
import { compareAuth } from '../topology/vrrp-auth.ts'
import type { Walk } from './walk.ts'

/** False: keepalived of `host` refuses adverts of `peer`, or takes them for those of another router. */
export function sameRouter(walk: Walk, peer: Host, host: Host, { instance, vips }: AdvertFlow): boolean {
  const [from, to] = [peer, host].map((one) => speakerOf(one, instance, vips))
  if (from === undefined || to === undefined) return true
  const why = difference(from, to)
  if (why === undefined) return true
  const cites: readonly (Cite | undefined)[] = [to.instance.at, from.instance.at]
  walk.say({ step: 'keepalived', host, verdict: 'drop', text: `does not count adverts of ${peer.id}: ${why}`, cites })
  return false
}

function speakerOf(host: Host, instance: string | undefined, vips: readonly string[]): Speaker | undefined {
  const all = speakersOf([host])
  return (
    all.find((one) => one.instance.vips.some(({ ip }) => vips.includes(ip))) ??
    all.find((one) => one.instance.name === instance)
  )
}

function difference(from: Speaker, to: Speaker): string | undefined {
  const [sent, wanted] = [effectiveVrrp(from), effectiveVrrp(to)]
  const [a, b] = [from.instance.vrid?.value, to.instance.vrid?.value]
  if (a !== undefined && b !== undefined && a !== b) return `virtual_router_id ${a}, not ${b}`
  if (sent.version !== wanted.version) return `VRRP version ${sent.version}, not ${wanted.version}`
  if (sent.version === 2 && sent.advertInt !== wanted.advertInt)
    return `advert_int ${sent.advertInt} s, not ${wanted.advertInt} s`
  const auth = compareAuth(from, to)
  return auth === 'same' || auth === 'unknown' ? undefined : 'another authentication'
}
