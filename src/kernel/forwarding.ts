/** Does a host forward what comes in by an interface? */
import type { Cite, NonEmpty } from '../model/evidence.ts'
import type { Sysctl } from '../model/facts.ts'
import type { Answer } from './filter/packet.ts'
import { confKey, sysctlNumber } from './sysctl.ts'

export interface Forwarding {
  readonly is: Answer
  /** What decides first; empty where nothing was read. */
  readonly cites: readonly Cite[]
  /** net.ipv4.ip_forward, where known. */
  readonly master?: number
}

const MASTER_KEYS = ['net.ipv4.ip_forward', 'net.ipv4.conf.all.forwarding'] as const

/**
 * The kernel asks the receiving interface alone (IN_DEV_FORWARD). net.ipv4.ip_forward, which is conf.all.forwarding by
 * another name, only writes to every interface at the moment it changes, so it stands for a value that was not read, as
 * far as no interface contradicts it: 0 is taken for off, 1 proves nothing. `dev` undefined: the interface is not known.
 */
export function forwards(sysctl: Sysctl, dev: string | undefined): Forwarding {
  const keys = [...MASTER_KEYS].sort((a, b) => Number(isTyped(sysctl, b)) - Number(isTyped(sysctl, a)))
  const masterKey = keys.find((key) => sysctlNumber(sysctl, key) !== undefined)
  const master = masterKey && sysctlNumber(sysctl, masterKey)
  const told = master === undefined ? {} : { master: master.value }
  const ownKey = dev === undefined ? undefined : confKey(dev, 'forwarding')
  const own = ownKey && sysctlNumber(sysctl, ownKey)
  if (ownKey && own) {
    const cites: NonEmpty<Cite> = master ? [own.at, master.at] : [own.at]
    // Typed after the interface was read: it may have overwritten what we saw.
    const stale =
      master && isTyped(sysctl, masterKey ?? '') && !isTyped(sysctl, ownKey) && !!master.value !== !!own.value
    return { is: stale ? 'unknown' : own.value === 0 ? 'no' : 'yes', cites, ...told }
  }
  if (master === undefined) return { is: 'unknown', cites: [] }
  const contradicted =
    dev === undefined && [...sysctl.entries].some(([key, { value }]) => FORWARDS.test(key) && value !== '0')
  return { is: master.value === 0 && !contradicted ? 'no' : 'unknown', cites: [master.at], ...told }
}

const FORWARDS = /^net\.ipv4\.conf\.(?!(?:all|default|lo)\.)[^.]+\.forwarding$/

function isTyped(sysctl: Sysctl, key: string): boolean {
  return sysctl.entries.get(key)?.by === 'typed'
}
