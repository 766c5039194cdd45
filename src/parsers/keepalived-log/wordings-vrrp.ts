/** Messages of the VRRP process, releases 1.2 to 2.3 (vrrp.c, vrrp_scheduler.c, vrrp_arp.c, vrrp_ndisc.c). */
import { advertOf, instanceOf, type Wording } from './wording.ts'

const STATES = { M: 'MASTER', B: 'BACKUP', F: 'FAULT' } as const

/** A daemon whose instance is cut off by systemctl cannot be placed: such events need the name. */
export const VRRP_WORDINGS: readonly Wording[] = [
  // `Entering MAST...E` is enough: the first letter tells the state.
  [
    /^(?:Entering|Now in|entering) (M|B|F)(?:ASTER|ACKUP|AULT|[A-Z]*(?:\.\.\.|…))/,
    ([, letter], { instance }) => {
      const state = STATES[letter as keyof typeof STATES]
      return instance === undefined ? undefined : { kind: 'state', instance, state }
    },
  ],
  // 1.x says "Transition to MASTER STATE" where 2.x says this: the node has heard nobody and will be master next.
  [
    /^(?:Receive advertisement timeout|Transition to(?: MASTER STATE|\.\.\.|…))/,
    (_, { instance }) => (instance === undefined ? undefined : { kind: 'advert-timeout', instance }),
  ],
  [
    /^Received advert (?:from (\S+) )?with lower priority (\d{1,3})/,
    ([, from, priority], { instance }) =>
      instance === undefined ? undefined : { kind: 'lower-priority-advert', instance, ...advertOf(from, priority) },
  ],
  // `received lower priority (90) advert from … - discarding` is no such event: a node that is about to take over says
  // it at every start, while the words below mean that the peer goes on although we are master.
  [
    /^Received lower prio(?:rity)? advert/,
    (_, { instance }) => (instance === undefined ? undefined : { kind: 'lower-priority-advert', instance }),
  ],
  [
    /^(?:Master r|R)eceived advert (?:from (\S+) )?with higher priority (\d{1,3})/,
    ([, from, priority], { instance }) =>
      instance === undefined ? undefined : { kind: 'higher-priority-advert', instance, ...advertOf(from, priority) },
  ],
  [
    /^Received higher prio(?:rity)? advert/,
    (_, { instance }) => (instance === undefined ? undefined : { kind: 'higher-priority-advert', instance }),
  ],
  [
    /^(?:send advert error \d+|Cant sen[dt] advert to \S+) \(([^()]*)\)/,
    ([, reason = ''], context) => ({ kind: 'send-failed', ...instanceOf(context), reason }),
  ],
  [
    /^(?:received? an invalid passwd|received? a \d+ auth, expecting|Invalid auth type|Received AH header|No AH header)/,
    ({ input }, context) => ({ kind: 'auth-refused', ...instanceOf(context), reason: input }),
  ],
  [
    /^IPSEC-AH : invalid IPSEC HMAC-MD5 value/,
    ({ input }, context) => ({ kind: 'auth-refused', ...instanceOf(context), reason: input }),
  ],
  [
    /^(?:wrong|invalid) version\. /,
    ({ input }, context) => ({ kind: 'version-refused', ...instanceOf(context), reason: input }),
  ],
  [
    /^advertiss?ement interval mismatch/,
    ({ input }, context) => ({ kind: 'interval-refused', ...instanceOf(context), reason: input }),
  ],
  [
    /^(?:received? an (?:invalid|unexpected) ip number count|expected \d+ VIPs but received|one or more VIP associated)/,
    ({ input }, context) => ({ kind: 'vips-refused', ...instanceOf(context), reason: input }),
  ],
  [
    /^ip address associated with VRID(?: \d+)? not present in/,
    ({ input }, context) => ({ kind: 'vips-refused', ...instanceOf(context), reason: input }),
  ],
  [
    /^(?:Sending|Sending\/queueing) (?:gratuitous ARPs?|unsolicited Neighbour Adverts?) on (\S+)(?: for (\S+))?/,
    ([, dev, ip]) => ({
      kind: 'garp',
      ...(dev === undefined || /\.\.\.|…/.test(dev) ? {} : { interface: dev }),
      ...(ip === undefined || /\.\.\.|…/.test(ip) ? {} : { ip }),
    }),
  ],
  [/^sent 0 priority/, (_, context) => ({ kind: 'stop-signal', ...instanceOf(context) })],
]
