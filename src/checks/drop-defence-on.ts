/** IPVS throws packets or connections away on purpose: its defences against floods are on, whatever the load is. */
import { sysctlNumber } from '../kernel/sysctl.ts'
import { ailment, type Claim, claim, fail, hostCheck, pass, undecided } from '../model/check.ts'
import { type Cite, isNonEmpty } from '../model/evidence.ts'
import { setSysctl } from '../model/fix.ts'

type On = { host: string; key: string; value: number }

const EFFECT: Readonly<Record<string, string>> = {
  drop_packet: 'drops one packet in every so many of those that arrive for a service (drop_packet)',
  drop_entry: 'throws away connections that are not established yet (drop_entry)',
  secure_tcp: 'gives connections the short timeouts of secure_tcp',
}

const messages = {
  'defence-active': ailment<On>({
    title: (d) => `net.ipv4.vs.${d.key} is ${d.value} on ${d.host}: IPVS defends itself all the time`,
    text: (d) =>
      `With ${d.value} the defence is on ${d.value === 3 ? 'always' : 'now, because the kernel found too little free memory'}. IPVS then ${EFFECT[d.key] ?? 'defends itself'}. Clients see connections that stall and work again.`,
    fix: (d) => `Set net.ipv4.vs.${d.key} to 0, or to 1 so that it comes on only when memory runs short.`,
  }),
}

const reasons = {
  'not-read': (_: Record<string, never>) => 'the values of net.ipv4.vs were not read',
}

const KEYS = ['drop_packet', 'drop_entry', 'secure_tcp'] as const

export const dropDefenceOn = hostCheck({
  id: 'drop-defence-on',
  title: 'The flood defences of IPVS are off, or armed only',
  category: 'ipvs',
  severity: 'warning',
  stage: 'director',
  why: 'drop_packet, drop_entry and secure_tcp let IPVS drop traffic when memory is short. Set to 3 by hand they do so always, which looks like a bad network: a part of all connections is slow or fails.',
  links: ['https://docs.kernel.org/networking/ipvs-sysctl.html'],
  explains: ['cap-syn-unanswered', 'syn-recv-stuck'],
  on: 'director',
  needs: { sysctl: 'part' },
  messages,
  reasons,
  run({ id, name, sysctl }) {
    const values = KEYS.map((key) => ({ key, now: sysctlNumber(sysctl.value, `net.ipv4.vs.${key}`) }))
    const claims = values.flatMap(({ key, now }): readonly Claim[] => {
      if (now === undefined || now.value < 2) return []
      const path = `net.ipv4.vs.${key}`
      const data = { host: name, key, value: now.value }
      return [
        claim(messages, 'defence-active', data, {
          cites: [now.at],
          steps: [setSysctl(id, { [path]: 0 }, { [path]: now.value })],
          verify: `sysctl ${path}`,
          about: { hosts: [id] },
          proof: 'direct',
        }),
      ]
    })
    if (isNonEmpty(claims)) return fail(claims)
    const looked: Cite[] = values.flatMap(({ now }) => now?.at ?? [])
    if (isNonEmpty(looked) && looked.length === KEYS.length) return pass(looked)
    return undecided(reasons, 'not-read', {}, sysctl.from, ["sysctl -a 2>/dev/null | grep 'net.ipv4.vs'"])
  },
})
