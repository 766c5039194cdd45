/** Two directors that would balance differently: after a failover the service changes, or is gone. */
import { ailment, type Claim, caseCheck, claim, fail, pass, undecided } from '../model/check.ts'
import { type Cite, isNonEmpty, type NonEmpty } from '../model/evidence.ts'
import type { IpvsService } from '../model/facts.ts'
import { reloadKeepalived } from '../model/fix.ts'
import { differences, type TableSide } from '../topology/table-differences.ts'

type Differs = { one: string; other: string; service: string; what: string }

const messages = {
  'tables-differ': ailment<Differs>({
    title: (d) => `${d.one} and ${d.other} balance ${d.service} differently`,
    text: (d) =>
      `${d.what}. Nothing shows while ${d.one} and ${d.other} keep their roles; after a failover clients meet the other table.`,
    fix: () => 'Write the same virtual_server blocks in keepalived.conf of both directors, and reload.',
  }),
}

const reasons = {
  'one-table': (_: Record<string, never>) => 'no two directors have a virtual service in common',
  'conf-unseen': (d: { host: string; server: string }) =>
    `${d.host} lacks the real server ${d.server}: whether a health check removed it, or its keepalived.conf has none, was not seen`,
  'looks-apart': (_: Record<string, never>) => 'the tables were not looked at in the same state',
}

export const ipvsTablesDiffer = caseCheck({
  id: 'ipvs-tables-differ',
  title: 'Directors have the same virtual services',
  category: 'ipvs',
  severity: 'warning',
  stage: 'director',
  why: 'keepalived does not copy its configuration to the other node. A server that was added on one director alone works until the next failover, and is then missing.',
  links: ['https://www.keepalived.org/manpage.html'],
  explains: ['one-rs-bad'],
  on: 'director',
  atLeast: 2,
  needs: { ipvs: 'whole' },
  messages,
  reasons,
  run(hosts, view) {
    const claims: Claim[] = []
    const looked: Cite[] = []
    let open: { host: string; server: string; at: Cite } | undefined
    let apart = false
    for (const [index, one] of hosts.entries())
      for (const other of hosts.slice(index + 1)) {
        const sides: readonly [TableSide, TableSide] = [
          { host: one.host, services: one.ipvs.value.services },
          { host: other.host, services: other.ipvs.value.services },
        ]
        const shared = one.ipvs.value.services.filter((mine) =>
          other.ipvs.value.services.some((its) => same(mine, its)),
        )
        looked.push(...shared.map(({ at }) => at))
        if (shared.length > 0 && !view.comparable(one.ipvs, other.ipvs)) apart = true
        if (shared.length === 0 || !view.comparable(one.ipvs, other.ipvs)) continue
        for (const { service, what, cites, unsure } of differences(sides)) {
          if (unsure) open ??= { ...unsure, at: cites[0] }
          else
            claims.push(
              claim(
                messages,
                'tables-differ',
                { one: one.name, other: other.name, service, what },
                {
                  cites,
                  steps: [reloadKeepalived(one.id), reloadKeepalived(other.id)],
                  verify: 'ipvsadm-save -n | sort   # the same on both directors',
                  about: { hosts: [one.id, other.id], vips: shared.flatMap(({ vip }) => vip ?? []) },
                  proof: 'direct',
                },
              ),
            )
        }
      }
    if (isNonEmpty(claims)) return fail(claims)
    const from = hosts.map(({ ipvs }) => ipvs.from[0]) as unknown as NonEmpty<Cite>
    if (open) return undecided(reasons, 'conf-unseen', open, [open.at], ['cat /etc/keepalived/keepalived.conf'])
    if (apart) return undecided(reasons, 'looks-apart', {}, from, ['ipvsadm -Ln'])
    return isNonEmpty(looked) ? pass(looked) : undecided(reasons, 'one-table', {}, from)
  },
})

function same(a: IpvsService, b: IpvsService): boolean {
  return a.vip === b.vip && a.port === b.port && a.protocol === b.protocol && a.fwmark === b.fwmark
}
