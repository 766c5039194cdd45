/** Priority 0: a node said that it stops. What follows is an orderly failover, and no fault of the network. */
import { advertised } from '../kernel/wire/disagree.ts'
import { ailment, caseCheck, claim, fail, notApplicable, pass, undecided } from '../model/check.ts'
import { type Cite, isNonEmpty, type NonEmpty } from '../model/evidence.ts'
import { advertSenders } from '../topology/advert-senders.ts'

const messages = {
  stopped: ailment<{ vrid: number; from: string; host: string }>({
    title: (d) => `${d.from} gave VRID ${d.vrid} up in an orderly way while the capture ran`,
    text: (d) =>
      `An advert of priority 0 says that the node stops: keepalived was stopped or reloaded, or its instance went to FAULT. The backup takes over without waiting. Seen on ${d.host}.`,
    fix: (d) => `Nothing to repair; the log of ${d.from} says who stopped it.`,
  }),
}

const reasons = {
  'no-adverts': (_: Record<string, never>) => 'no capture shows a VRRP advert',
  'cut-short': (_: Record<string, never>) => 'the capture breaks off',
}

const LOOK = 'tcpdump -nn -v -i any vrrp'

export const capPrioZero = caseCheck({
  id: 'cap-prio-zero',
  title: 'No node gives its VIPs up while the capture runs',
  category: 'capture',
  severity: 'note',
  stage: 'symptom',
  why: 'A master that stops cleanly sends priority 0. Whoever looks for the reason of a failover finds it on that node, not in the network.',
  links: ['https://www.rfc-editor.org/rfc/rfc5798#section-6.4.3'],
  explains: [],
  neverRoot: true,
  on: 'any',
  atLeast: 1,
  needs: { capture: 'part' },
  messages,
  reasons,
  run(hosts, { kase }) {
    const seen = advertised(hosts)
    const stops = new Map(
      seen.flatMap(({ host, master }) =>
        master.sources.flatMap((source) => {
          const vrid = Number(master.key.split(' ')[0])
          const [at] = source.stops
          return at === undefined ? [] : [[`${vrid} ${source.ip}`, { host, vrid, ip: source.ip, at }] as const]
        }),
      ),
    )
    const claims = [...stops.values()].map(({ host, vrid, ip, at }) => {
      const senders = advertSenders(kase.hosts, vrid, [ip])
      return claim(
        messages,
        'stopped',
        { vrid, from: ip, host: host.names[0] },
        {
          cites: [at],
          steps: [],
          verify: `${LOOK}   # no "prio 0"`,
          about: { ...senders, hosts: senders.hosts.length > 0 ? senders.hosts : [host.id] },
          proof: 'direct',
        },
      )
    })
    if (isNonEmpty(claims)) return fail(claims)
    const looked = hosts.flatMap(({ capture }) => capture.from) as unknown as NonEmpty<Cite>
    if (seen.length === 0) return notApplicable(reasons, 'no-adverts', {}, looked)
    return seen.some(({ capture }) => !capture.whole)
      ? undecided(reasons, 'cut-short', {}, looked, [LOOK])
      : pass(looked)
  },
})
