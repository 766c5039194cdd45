/** `interface ens33` on a host whose card is called otherwise: the instance is refused, and 2.x stops altogether. */
import { shellWord } from '../lib/shell.ts'
import { ailment, type Claim, claim, fail, hostCheck, notApplicable, pass, undecided } from '../model/check.ts'
import { isNonEmpty } from '../model/evidence.ts'
import { runStep } from '../model/fix.ts'
import { interfacesMadeLater } from '../topology/conf-tree.ts'
import { isComplete, MAIN_CONF } from '../topology/keepalived-files.ts'
import { saidSinceStart } from '../topology/keepalived-run.ts'

const messages = {
  'no-such-interface': ailment<{ host: string; instance: string; interface: string; present: string }>({
    title: (d) => `${d.instance} on ${d.host} wants interface ${d.interface}, which does not exist`,
    text: (d) =>
      `keepalived 1.x leaves the instance out, 2.x refuses the configuration and stops. The interfaces of ${d.host} are ${d.present}.`,
    fix: (d) =>
      `Set "interface" of ${d.instance} to the one in the cluster's network ("ip -o -4 route show default" names a candidate).`,
  }),
}

const reasons = {
  'no-instance': (_: Record<string, never>) => 'no vrrp_instance names an interface',
  incomplete: (_: Record<string, never>) => 'not all of the configuration was seen or understood',
  'made-later': (d: { interface: string }) => `${d.interface} is not there, but may be made later or be a variable`,
}

/** Longer lists help nobody. */
const MOST_NAMES = 12

export const vrrpInterfaceMissing = hostCheck({
  id: 'vrrp-interface-missing',
  title: 'The interface of every VRRP instance exists',
  category: 'keepalived',
  severity: 'critical',
  stage: 'config',
  why: 'Configurations are copied from hosts whose interfaces have other names. keepalived cannot bind the instance: it is left out or the daemon ends, and the node never takes the VIP.',
  links: ['https://www.keepalived.org/manpage.html'],
  explains: ['keepalived-not-running', 'no-vip-anywhere'],
  on: 'director',
  needs: { keepalived: 'part', links: 'whole' },
  messages,
  reasons,
  run({ host, id, name, keepalived: conf, links }, { kase }) {
    const present = new Set(links.value.links.map((link) => link.name))
    const complaints = saidSinceStart(host, 'interface-missing')
    const named = conf.value.instances.flatMap(({ name: instance, interface: word }) =>
      word ? [{ instance, word }] : [],
    )
    const absent = named.filter(({ word }) => !present.has(word.value))
    const later = interfacesMadeLater(conf.value)
    const sure = absent.filter(({ word }) => !later(word.value))
    const claims = sure.map(({ instance, word }) => {
      const said = complaints.filter(({ event }) => event.interface === word.value).map(({ entry }) => entry.at)
      const list = [...present].filter((dev) => dev !== 'lo').slice(0, MOST_NAMES)
      const rest: Omit<Claim, 'message' | 'data'> = {
        cites: [word.at, ...said, links.from[0]],
        steps: [runStep(id, 'keepalived -t && systemctl restart keepalived', 'moves-traffic')],
        verify: `ip -o link show dev ${shellWord(word.value)}   # with the corrected name`,
        about: { hosts: [id], instances: [instance] },
        proof: said.length > 0 ? 'direct' : 'inferred',
      }
      const data = { host: name, instance, interface: word.value, present: list.join(', ') || 'only lo' }
      return claim(messages, 'no-such-interface', data, rest)
    })
    if (isNonEmpty(claims)) return fail(claims)
    const [doubt] = absent
    if (doubt) return undecided(reasons, 'made-later', { interface: doubt.word.value }, [doubt.word.at], ['ip addr'])
    if (!isComplete(conf, kase)) return undecided(reasons, 'incomplete', {}, conf.from, [`cat ${MAIN_CONF}`])
    const looked = named.map(({ word }) => word.at)
    return isNonEmpty(looked) ? pass([links.from[0], ...looked]) : notApplicable(reasons, 'no-instance', {}, conf.from)
  },
})
