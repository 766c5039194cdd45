/** A VIP that no director shows: what keeps "on none of those seen" from meaning "on none". */
import type { Host, Vip } from '../model/case.ts'
import { type CaseView, type Ruling, undecided } from '../model/check.ts'
import type { Cite, Known, NonEmpty } from '../model/evidence.ts'
import type { Links } from '../model/facts.ts'
import { mayHaveMoved } from './later-commands.ts'
import { maybeRouted, mayHold, unseenHolder } from './vip-holders.ts'

export const NOWHERE_REASONS = {
  'director-unseen': (d: { vip: string; who: string }) => `${d.vip} may be on ${d.who}, whose addresses were not seen`,
  'maybe-routed': (d: { vip: string; host: string }) =>
    `${d.vip} is on no interface of a director that answers ARP; ${d.host} takes its packets if a router sends them there`,
  'moved-since': (d: { host: string; command: string }) =>
    `"${d.command}" was typed on ${d.host} after its addresses were shown, which may have moved the VIP`,
  'different-moments': (d: { vip: string }) =>
    `the directors were looked at in different moments: ${d.vip} may have moved from one to the other in between`,
}

/** A director whose addresses are all known. */
export interface Shown {
  readonly host: Host
  readonly links: Known<Links>
}

/** Those of them that may hold the VIP. */
export function candidatesFor<S extends Shown>({ ip }: Vip, shown: readonly S[], { topology }: CaseView): readonly S[] {
  return shown.filter(({ host }) => mayHold(ip, host, topology))
}

/** undefined: the VIP really is on none of them. */
export function doubtOf(vip: Vip, shown: readonly Shown[], view: CaseView): Ruling | undefined {
  const { ip, from } = vip
  const mine = candidatesFor(vip, shown, view)
  const say = <K extends keyof typeof NOWHERE_REASONS>(
    reason: K,
    data: Parameters<(typeof NOWHERE_REASONS)[K]>[0],
    looked: NonEmpty<Cite> = from,
    ask = 'ip addr',
  ): Ruling => undecided(NOWHERE_REASONS, reason, data, looked, [ask])
  const seen = mine.map(({ host }) => host)
  const who = unseenHolder(ip, seen, view.kase.hosts) ?? (mine.length < 2 ? 'the other director' : undefined)
  if (who !== undefined) return say('director-unseen', { vip: ip, who })
  const routed = shown.find(({ host }) => maybeRouted(host, ip))
  if (routed) return say('maybe-routed', { vip: ip, host: routed.host.names[0] }, from, `ip route get ${ip}`)
  const [moved] = mine.flatMap(({ host, links }) => mayHaveMoved(view.kase, host.id, links) ?? [])
  if (moved) return say('moved-since', { host: moved.host, command: moved.text }, [moved.at, ...from])
  const apart = mine.some((a) => mine.some((b) => !view.comparable(a.links, b.links)))
  return apart ? say('different-moments', { vip: ip }) : undefined
}
