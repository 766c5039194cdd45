/** A DNAT or REDIRECT rule takes requests to the VIP away at PREROUTING, before IPVS is asked. */
import { redirectsVip } from '../kernel/vip-redirect.ts'
import { ailment, type Claim, claim, fail, hostCheck, notApplicable, pass, undecided } from '../model/check.ts'
import { type Cite, isNonEmpty } from '../model/evidence.ts'
import { runStep } from '../model/fix.ts'
import { aboutRequests, type Request, requestsAt, targetsOf } from '../topology/requests.ts'
import { isStandby } from '../topology/standby.ts'

type Taken = { host: string; target: string; latent: boolean }

const messages = {
  'rewritten-first': ailment<Taken>({
    title: (d) => `A nat rule of ${d.host} takes requests to ${d.target} before IPVS`,
    text: (d) =>
      `Table nat rewrites the destination at PREROUTING. IPVS looks at packets to the VIP behind that, so it never sees a request to ${d.target} and its counters do not move. ` +
      (d.latent
        ? `${d.host} does not hold the VIP now: this bites after a failover.`
        : 'Clients reach whatever the rule names, or nothing.'),
    fix: (d) => `Delete the rule on ${d.host}, unless it is meant to replace the virtual service.`,
  }),
}

const reasons = {
  'rule-unclear': (d: { target: string }) => `cannot tell whether a nat rule takes requests to ${d.target}`,
  'nat-unseen': (_: Record<string, never>) => 'table nat was not listed',
  'serves-it-too': (d: { target: string }) =>
    `${d.target} is redirected to this host, which is a real server of it as well and does not hold the VIP`,
  'no-address': (_: Record<string, never>) => 'no virtual service here has an IPv4 address of its own',
}

const ASK = ['iptables-save -c', 'nft list ruleset']

export const directorDnatBeforeIpvs = hostCheck({
  id: 'director-dnat-before-ipvs',
  title: 'No nat rule of a director takes requests to a VIP away from IPVS',
  category: 'firewall',
  severity: 'critical',
  stage: 'director',
  why: 'A DNAT or REDIRECT rule that is left over from before the load balancer wins against IPVS. The virtual service looks right, the real servers are healthy, and no connection ever reaches them.',
  links: ['https://docs.kernel.org/networking/ipvs-sysctl.html'],
  explains: ['cap-syn-unanswered'],
  on: 'director',
  needs: { firewall: 'part' },
  messages,
  reasons,
  run({ id, name, host, firewall }, { kase: { topology, ...kase } }) {
    const requests = requestsAt(host, { ...kase, topology })
    const taken = new Map<string, { at: Cite; flows: Request[] }>()
    let open: { target: string; at?: Cite } | undefined
    let spared: { target: string; at: Cite } | undefined
    for (const request of requests) {
      const { is, at } = redirectsVip(host.facts, request)
      const target = targetsOf([request])
      if (is === 'unknown') open ??= { target, ...(at === undefined ? {} : { at }) }
      if (is !== 'yes' || at === undefined) continue
      // On a real server that waits for the VIP, REDIRECT is the way to take its share without having the address.
      if (request.service.servers.some((server) => server.host === id) && isStandby(topology, id, [request.vip])) {
        spared ??= { target, at }
        continue
      }
      const group = taken.get(`${at.section} ${at.line}`) ?? { at, flows: [] }
      group.flows.push(request)
      taken.set(`${at.section} ${at.line}`, group)
    }
    const claims = [...taken.values()].map(({ at, flows }): Claim => {
      const about = aboutRequests(id, flows)
      const latent = isStandby(topology, id, about.vips ?? [])
      return claim(
        messages,
        'rewritten-first',
        { host: name, target: targetsOf(flows), latent },
        {
          cites: [at],
          steps: [
            runStep(
              id,
              'iptables -t nat -nvL PREROUTING --line-numbers   # then: iptables -t nat -D PREROUTING NUMBER',
              'safe',
              {
                persist: 'service iptables save || netfilter-persistent save',
              },
            ),
          ],
          verify: 'ipvsadm -Ln --stats   # InPkts of the virtual service grows while clients ask',
          about,
          severity: latent ? 'warning' : 'critical',
          proof: 'inferred',
        },
      )
    })
    if (isNonEmpty(claims)) return fail(claims)
    if (requests.length === 0) return notApplicable(reasons, 'no-address', {}, firewall.from)
    if (open?.at) return undecided(reasons, 'rule-unclear', { target: open.target }, [open.at], ASK)
    if (spared) return undecided(reasons, 'serves-it-too', { target: spared.target }, [spared.at])
    if (open) return undecided(reasons, 'nat-unseen', {}, firewall.from, ASK)
    return pass(firewall.from)
  },
})
