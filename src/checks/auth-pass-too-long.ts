/** A VRRPv2 packet has room for eight bytes of password; keepalived cuts the rest off, on every node alike. */
import { ailment, claim, fail, hostCheck, pass, undecided } from '../model/check.ts'
import { isNonEmpty } from '../model/evidence.ts'
import { reloadKeepalived } from '../model/fix.ts'
import { isComplete, MAIN_CONF } from '../topology/keepalived-files.ts'
import { effectiveVrrp } from '../topology/vrrp.ts'

/** RFC 2338, 5.3.6.1: authentication data of a simple password. */
const ROOM = 8

const messages = {
  cut: ailment<{ host: string; instance: string; length: number }>({
    title: (d) => `auth_pass of ${d.instance} on ${d.host} has ${d.length} bytes, ${ROOM} count`,
    text: () =>
      `keepalived cuts it to ${ROOM} bytes and logs "Truncating auth_pass". All nodes cut alike, so this breaks nothing by itself: passwords that differ only behind the eighth byte are the same one.`,
    fix: () => `Use at most ${ROOM} bytes, the same on every node.`,
  }),
}

const reasons = {
  incomplete: (_: Record<string, never>) => 'not all of the configuration was seen or understood',
}

export const authPassTooLong = hostCheck({
  id: 'auth-pass-too-long',
  title: 'The auth_pass of every instance has at most eight bytes',
  category: 'keepalived',
  severity: 'note',
  stage: 'config',
  why: 'VRRPv2 carries eight bytes of password. A longer one is cut without harm, but it is weaker than it looks, and invites the wrong conclusion that two long passwords differ.',
  links: ['https://www.keepalived.org/manpage.html'],
  explains: [],
  neverRoot: true,
  on: 'director',
  needs: { keepalived: 'part' },
  messages,
  reasons,
  run({ id, name, keepalived: conf }, { kase }) {
    const claims = conf.value.instances.flatMap((instance) => {
      const { pass: secret } = effectiveVrrp({ conf, instance }).auth
      if (secret === undefined || secret.length <= ROOM) return []
      const data = { host: name, instance: instance.name, length: secret.length }
      return [
        claim(messages, 'cut', data, {
          cites: [secret.at],
          steps: [reloadKeepalived(id)],
          verify: 'journalctl -u keepalived -n 50 | grep -c Truncating   # 0 since the last start',
          about: { hosts: [id], instances: [instance.name] },
          proof: 'inferred',
        }),
      ]
    })
    if (isNonEmpty(claims)) return fail(claims)
    return isComplete(conf, kase)
      ? pass(conf.from)
      : undecided(reasons, 'incomplete', {}, conf.from, [`cat ${MAIN_CONF}`])
  },
})
