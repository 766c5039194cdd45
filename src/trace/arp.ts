/** Who answers ARP for the VIP, and so gets what is sent to it. */
import { answersArp } from '../kernel/arp.ts'
import { arpRulesHide } from '../kernel/arp-rules.ts'
import { inetAddresses } from '../kernel/route-source.ts'
import type { Host, Service } from '../model/case.ts'
import type { Cite } from '../model/evidence.ts'
import type { Link } from '../model/facts.ts'
import { isBroadcastLink } from '../topology/addresses.ts'
import { arpLinks, hearsVip } from '../topology/faces.ts'
import { NO_SYSCTL } from './hosts.ts'
import type { Walk } from './walk.ts'

export interface Target {
  readonly vip: string
  readonly service: Service
  /** Address of who asks, where it is known. */
  readonly sender?: string
}

interface Answerer {
  readonly host: Host
  readonly link: Link
  readonly is: 'yes' | 'unknown'
  /** The VIP is on the very interface: a director that has it. Elsewhere it is a real server that should keep silent. */
  readonly holds: boolean
  readonly cites: readonly Cite[]
}

/** Notes who answers. The director that gets the packets; undefined: they do not get to any that is known. */
export function arpHop(walk: Walk, target: Target): Host | undefined {
  const { vip, service } = target
  const step = 'arp'
  const all = walk.kase.hosts.flatMap((host) => answerersAt(walk, host, target))
  const holders = all.filter(({ holds }) => holds)
  const wrong = all.filter(({ holds, is }) => !holds && is === 'yes')
  const maybe = all.filter(({ holds, is }) => !holds && is === 'unknown')
  const [first] = holders
  const assumed = maybe.map(
    ({ host, link }) => `${host.id} does not answer for ${vip} on ${link.name} (its arp_ignore was not seen)`,
  )
  const told = tableLine(walk, vip)
  if (wrong.length > 0) {
    const names = wrong.map(({ host, link }) => `${host.id} (${link.name})`).join(', ')
    const cites = [...wrong.flatMap((one) => one.cites), ...told]
    walk.say({
      step,
      host: wrong[0]?.host,
      verdict: 'drop',
      text: `${names} answers for ${vip} past the director`,
      cites,
      assumed,
    })
    return first?.host
  }
  if (first === undefined) return nobody(walk, target)
  const hosts = [...new Set(holders.map(({ host }) => host))]
  const cites = [...holders.flatMap((one) => one.cites), ...told]
  if (hosts.length > 1) {
    const names = hosts.map(({ id }) => id).join(' and ')
    walk.say({
      step,
      verdict: 'unknown',
      text: `${names} both answer for ${vip}: whom a neighbour believes changes`,
      cites,
      assumed,
    })
    return first.host
  }
  const silent =
    first.is === 'unknown' ? [`${first.host.id} answers on ${first.link.name} (its sysctls were not all seen)`] : []
  const unseen =
    service.directors.length > 0 && !service.directors.includes(first.host.id)
      ? [`${first.host.id} is the director`]
      : []
  const text = `${first.host.id} answers for ${vip} on ${first.link.name}`
  walk.say({ step, host: first.host, text, cites, assumed: [...assumed, ...silent, ...unseen] })
  return first.host
}

function answerersAt(walk: Walk, host: Host, { vip, service, sender }: Target): readonly Answerer[] {
  const { links, sysctl, routes, policyRules, arptables } = host.facts
  if (links.state === 'missing') return []
  const facts = {
    links: links.value,
    sysctl: sysctl.state === 'known' ? sysctl.value : NO_SYSCTL,
    ...(routes.state === 'known' && routes.whole ? { routes: routes.value } : {}),
    ...(policyRules.state === 'known' && policyRules.whole ? { rules: policyRules.value } : {}),
  }
  return arpLinks(links.value).flatMap((link): readonly Answerer[] => {
    const holds = isBroadcastLink(link) && inetAddresses(link).some(({ ip }) => ip === vip) && mayDirect(host, service)
    if (!holds && hearsVip(link, vip, host, service, walk.kase.hosts) !== 'yes') return []
    const { answers, cites } = answersArp(facts, {
      target: vip,
      in: link.name,
      ...(sender === undefined ? {} : { sender }),
    })
    const hidden = answers === 'no' ? 'no' : arpRulesHide(arptables, vip, link.name)
    if (answers === 'no' || hidden === 'yes') return []
    const is = answers === 'yes' && hidden === 'no' ? 'yes' : 'unknown'
    return [{ host, link, is, holds, cites }]
  })
}

/** A real server that is no director has the VIP on an interface of the link by mistake. */
function mayDirect(host: Host, { directors, servers }: Service): boolean {
  return directors.includes(host.id) || !servers.some((server) => server.host === host.id)
}

function nobody(walk: Walk, { vip, service }: Target): Host | undefined {
  const { hosts } = walk.kase
  const seen = (id: string): boolean => {
    const links = hosts.find((host) => host.id === id)?.facts.links
    return links?.state === 'known' && links.whole
  }
  const directors = hosts.filter(({ id }) => service.directors.includes(id))
  const all = service.directors.length > 0 && service.directors.every(seen)
  const cites = directors.flatMap(({ facts: { links } }) => (links.state === 'known' ? links.from : []))
  if (all) {
    walk.say({ step: 'arp', verdict: 'drop', text: `nobody answers for ${vip}: no director has it`, cites })
    return undefined
  }
  const [one] = directors.filter(({ id }) => !seen(id))
  const who = one?.id ?? 'a director that no evidence is of'
  walk.say({ step: 'arp', host: one, text: `who has ${vip} was not seen`, assumed: [`${who} has ${vip} and answers`] })
  return one
}

/** What neighbours have learnt, where it can be told whose card it is: lines for the eye. */
function tableLine(walk: Walk, vip: string): readonly Cite[] {
  return walk.kase.hosts.flatMap(({ facts: { neighbours } }) =>
    neighbours.state === 'known'
      ? neighbours.value.entries.filter(({ ip, mac }) => ip === vip && mac).map(({ at }) => at)
      : [],
  )
}
