/** `10.0.0.100 dev eth9` on a host without eth9: 2.x refuses the configuration and stops. */
import { shellWord } from '../lib/shell.ts'
import { ailment, type Claim, claim, fail, hostCheck, notApplicable, pass, undecided } from '../model/check.ts'
import { isNonEmpty } from '../model/evidence.ts'
import { runStep } from '../model/fix.ts'
import { namedDevices } from '../topology/conf-devices.ts'
import { interfacesMadeLater } from '../topology/conf-tree.ts'
import { isComplete, MAIN_CONF } from '../topology/keepalived-files.ts'
import { linesSinceStart } from '../topology/log-lines.ts'

const messages = {
  'no-such-device': ailment<{ host: string; vip: string; dev: string; instance: string; present: string }>({
    title: (d) => `${d.vip} of ${d.instance} is to go on ${d.dev}, which ${d.host} does not have`,
    text: (d) =>
      `keepalived 1.x skips the address, 2.x refuses the configuration and stops. The interfaces of ${d.host} are ${d.present}.`,
    fix: (d) => `Correct "dev ${d.dev}" behind ${d.vip}, or leave it out to use the interface of ${d.instance}.`,
  }),
}

const reasons = {
  'no-device': (_: Record<string, never>) => 'no VIP names a device of its own',
  incomplete: (_: Record<string, never>) => 'not all of the configuration was seen or understood',
  'made-later': (d: { dev: string }) => `${d.dev} is not there, but may be made later or be a variable`,
}

/** Longer lists help nobody. */
const MOST_NAMES = 12
/** keepalived 2.x, where the address names the interface. */
const COMPLAINT = /WARNING - interface (\S+) for ip address (\S+) doesn't exist/

export const vipDevMissing = hostCheck({
  id: 'vip-dev-missing',
  title: 'The device of every VIP exists',
  category: 'keepalived',
  severity: 'critical',
  stage: 'config',
  why: 'A VIP may name the device it goes on. When that device does not exist, keepalived 2.x ends with a configuration error and 1.x leaves the address out: no node serves it.',
  links: ['https://www.keepalived.org/manpage.html'],
  explains: ['keepalived-not-running', 'no-vip-anywhere'],
  on: 'director',
  needs: { keepalived: 'part', links: 'whole' },
  messages,
  reasons,
  run({ host, id, name, keepalived: conf, links }, { kase }) {
    const present = new Set(links.value.links.map((link) => link.name))
    const complaints = linesSinceStart(host, COMPLAINT)
    const named = namedDevices(conf.value).flatMap(({ vip, ...device }) => (vip ? [{ ...device, vip }] : []))
    const absent = named.filter(({ dev }) => !present.has(dev))
    const later = interfacesMadeLater(conf.value)
    const list = [...present].filter((dev) => dev !== 'lo').slice(0, MOST_NAMES)
    const claims = absent
      .filter(({ dev }) => !later(dev))
      .map(({ instance, vip, dev, at }): Claim => {
        const said = complaints.filter(({ match }) => match[1] === dev).map(({ entry }) => entry.at)
        const data = { host: name, vip: vip.ip, dev, instance: instance.name, present: list.join(', ') || 'only lo' }
        return claim(messages, 'no-such-device', data, {
          cites: [at, ...said, links.from[0]],
          steps: [runStep(id, 'keepalived -t && systemctl restart keepalived', 'moves-traffic')],
          verify: `ip -o link show dev ${shellWord(dev)}   # with the corrected name`,
          about: { hosts: [id], instances: [instance.name], vips: [vip.ip] },
          proof: said.length > 0 ? 'direct' : 'inferred',
        })
      })
    if (isNonEmpty(claims)) return fail(claims)
    const [doubt] = absent
    if (doubt) return undecided(reasons, 'made-later', { dev: doubt.dev }, [doubt.at], ['ip addr'])
    if (!isComplete(conf, kase)) return undecided(reasons, 'incomplete', {}, conf.from, [`cat ${MAIN_CONF}`])
    const looked = named.map(({ at }) => at)
    return isNonEmpty(looked) ? pass([links.from[0], ...looked]) : notApplicable(reasons, 'no-device', {}, conf.from)
  },
})
