/** An instance without an address is elected MASTER like any other, and then holds nothing. */
import { ailment, type Claim, claim, fail, hostCheck, notApplicable, pass, undecided } from '../model/check.ts'
import { isNonEmpty } from '../model/evidence.ts'
import type { VrrpInstance } from '../model/facts.ts'
import { reloadKeepalived } from '../model/fix.ts'
import { nodeFinder } from '../topology/conf-tree.ts'
import { isComplete, MAIN_CONF } from '../topology/keepalived-files.ts'
import { saidSinceStart } from '../topology/keepalived-run.ts'
import { lackOfVip } from '../topology/vip-lack.ts'

const noVip = (why: (d: { host: string; instance: string }) => string) =>
  ailment<{ host: string; instance: string }>({
    title: (d) => `${d.instance} on ${d.host} has no virtual IP address`,
    text: (d) =>
      `${why(d)} The instance becomes MASTER all the same (1.x may refuse it), but no address comes with it.`,
    fix: (d) => `Put the VIP into virtual_ipaddress of ${d.instance} on every node, then reload.`,
  })

const messages = {
  'none-listed': noVip((d) => `${d.instance} has no virtual_ipaddress block that keepalived can read.`),
  'none-usable': noVip(
    (d) => `Nothing in virtual_ipaddress of ${d.instance} is an IP address; keepalived skips such lines.`,
  ),
}

const reasons = {
  'no-instance': (_: Record<string, never>) => 'the configuration has no vrrp_instance',
  incomplete: (_: Record<string, never>) => 'an included file was not seen',
  'filled-elsewhere': (d: { instance: string }) =>
    `addresses of ${d.instance} come from a variable, a condition or another file`,
  'moved-by-script': (d: { instance: string }) =>
    `${d.instance} has no VIP but a notify script, which may move an address itself`,
}

export const vrrpInstanceNoVip = hostCheck({
  id: 'vrrp-instance-no-vip',
  title: 'Every VRRP instance has a virtual IP address',
  category: 'keepalived',
  severity: 'critical',
  stage: 'config',
  why: 'Without a usable virtual_ipaddress keepalived only warns, joins the election and reports MASTER. Everything looks well in the log, but no node holds the VIP and nobody answers for it.',
  links: ['https://github.com/acassen/keepalived/issues/2175'],
  explains: ['no-vip-anywhere'],
  on: 'director',
  needs: { keepalived: 'whole' },
  messages,
  reasons,
  run({ host, id, name, keepalived: conf }, { kase }) {
    const nodeAt = nodeFinder(conf.value)
    const complaints = saidSinceStart(host, 'no-vip')
    const claims: Claim[] = []
    const doubts: { instance: VrrpInstance; lack: 'filled-elsewhere' | 'moved-by-script' }[] = []
    for (const instance of conf.value.instances) {
      const lack = lackOfVip(instance, nodeAt('vrrp_instance', instance.at)?.children ?? [])
      if (lack === undefined) continue
      if (lack === 'filled-elsewhere' || lack === 'moved-by-script') {
        doubts.push({ instance, lack })
        continue
      }
      const said = complaints.filter(({ event }) => event.instance === instance.name).map(({ entry }) => entry.at)
      const rest: Omit<Claim, 'message' | 'data'> = {
        cites: [instance.vipBlock ?? instance.at, ...said],
        steps: [reloadKeepalived(id, 'moves-traffic')],
        verify: `ip -4 addr show dev ${instance.interface?.value ?? 'eth0'}   # the VIP is there on the MASTER`,
        about: { hosts: [id], instances: [instance.name] },
        proof: said.length > 0 ? 'direct' : 'inferred',
      }
      claims.push(claim(messages, lack, { host: name, instance: instance.name }, rest))
    }
    if (isNonEmpty(claims)) return fail(claims)
    const [doubt] = doubts
    if (doubt)
      return undecided(reasons, doubt.lack, { instance: doubt.instance.name }, [doubt.instance.at], ['ip addr'])
    if (!isComplete(conf, kase)) return undecided(reasons, 'incomplete', {}, conf.from, [`cat ${MAIN_CONF}`])
    const looked = conf.value.instances.map((instance) => instance.vipBlock ?? instance.at)
    return isNonEmpty(looked) ? pass(looked) : notApplicable(reasons, 'no-instance', {}, conf.from)
  },
})
