/** Directors on which there is no advert for the packet filter to judge, and how checks say so. */
import type { Host } from '../model/case.ts'
import { notApplicable, type Ruling, undecided } from '../model/check.ts'
import type { Cite, NonEmpty } from '../model/evidence.ts'
import { type AdvertFlow, overIpv4 } from './adverts.ts'
import { MAIN_CONF } from './keepalived-files.ts'
import { KEEPALIVED, keepalivedUnit, processesNamed } from './keepalived-run.ts'

export const NO_ADVERT_REASONS = {
  'no-vrrp': (_: Record<string, never>) => 'its keepalived.conf has no vrrp_instance',
  'vrrp-unseen': (_: Record<string, never>) => 'nothing shows that this director runs VRRP (keepalived)',
  'no-ipv4': (_: Record<string, never>) => 'every instance speaks VRRP over IPv6, which iptables does not see',
}

export interface JudgedAdverts {
  /** Those that iptables sees. */
  readonly flows: readonly AdvertFlow[]
  /** Where there are none, or it is not known whether there are any. */
  readonly none?: Ruling
}

/** `all` as `advertsTo` or `advertsFrom` gives them; `looked`: what there is to show. */
export function judgedAdverts(host: Host, all: readonly AdvertFlow[], looked: NonEmpty<Cite>): JudgedAdverts {
  const none = withoutAdverts(host, all, looked)
  return { flows: all.filter(overIpv4), ...(none === undefined ? {} : { none }) }
}

function withoutAdverts(host: Host, all: readonly AdvertFlow[], looked: NonEmpty<Cite>): Ruling | undefined {
  const { keepalived } = host.facts
  if (keepalived.state === 'known' && all.length === 0) {
    const { problems, unresolved = [] } = keepalived.value
    // A block that was not understood, or lies in a file that was not seen, may be an instance.
    if (keepalived.whole && problems.length === 0 && unresolved.length === 0)
      return notApplicable(NO_ADVERT_REASONS, 'no-vrrp', {}, keepalived.from)
    return undecided(NO_ADVERT_REASONS, 'vrrp-unseen', {}, keepalived.from, [`cat ${MAIN_CONF}`])
  }
  if (!all.some(overIpv4)) return notApplicable(NO_ADVERT_REASONS, 'no-ipv4', {}, looked)
  return runsKeepalived(host)
    ? undefined
    : undecided(NO_ADVERT_REASONS, 'vrrp-unseen', {}, looked, [`cat ${MAIN_CONF}`])
}

/** An IPVS table alone may be ldirectord's, or made by hand. */
function runsKeepalived(host: Host): boolean {
  const { keepalived, log, commands, firewall } = host.facts
  if (keepalived.state === 'known' || (log.state === 'known' && log.value.entries.length > 0)) return true
  if (keepalivedUnit(host) !== undefined || processesNamed(host, KEEPALIVED).length > 0) return true
  const typed = commands.state === 'known' ? commands.value.commands.map(({ text }) => text) : []
  const rules =
    firewall.state === 'known'
      ? firewall.value.tables.flatMap(({ chains }) => chains.flatMap((chain) => chain.rules.map(({ text }) => text)))
      : []
  return typed.some((text) => MEANS_VRRP.test(text)) || rules.some((text) => MEANS_VRRP.test(text))
}

/** Somebody handles keepalived, or opens the firewall for VRRP, be it in the wrong way. */
const MEANS_VRRP = /keepalived|\bvrrp\b|\b112\b|224\.0\.0\.18\b/
