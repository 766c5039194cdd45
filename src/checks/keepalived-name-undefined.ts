/** A group of services, a tracked file or process, a member of a sync group that no block defines: the line has no effect. */
import { ailment, claim, fail, hostCheck, pass, undecided } from '../model/check.ts'
import { isNonEmpty } from '../model/evidence.ts'
import { reloadKeepalived } from '../model/fix.ts'
import { rejectedLines, releaseBeforeRules } from '../topology/conf-rejected.ts'
import { isComplete, MAIN_CONF } from '../topology/keepalived-files.ts'

const messages = {
  undefined: ailment<{ host: string; name: string; block: string; where: string }>({
    title: (d) => `No ${d.block} "${d.name}" is defined on ${d.host}, and it is used${d.where}`,
    text: (d) =>
      `keepalived looks for a ${d.block} block of that name, finds none above, complains in its log and goes on without the line.`,
    fix: (d) => `Define ${d.block} ${d.name} above the block that uses it, or correct the name; then reload.`,
  }),
}

const reasons = {
  incomplete: (_: Record<string, never>) => 'not all of the configuration was seen or understood',
}

const MOST_CLAIMS = 200

export const keepalivedNameUndefined = hostCheck({
  id: 'keepalived-name-undefined',
  title: 'Every file, process, instance and group that keepalived.conf names is defined in it',
  category: 'keepalived',
  severity: 'critical',
  stage: 'config',
  why: 'A name without a block behind it is passed over: a tracked process is not watched, an instance is not in its sync group, a virtual server has no address. Nothing but one line in the log tells.',
  links: ['https://www.keepalived.org/manpage.html'],
  explains: [],
  on: 'director',
  needs: { keepalived: 'part' },
  messages,
  reasons,
  run({ host, id, name: hostName, keepalived: conf }, { kase }) {
    // Scripts have a check of their own: track-script-undefined.
    const isMeant = ({ kind, range }: { kind: string; range?: string }) =>
      kind === 'undefined-reference' && range !== 'vrrp_script'
    const claims = rejectedLines(conf.value, isMeant)
      .slice(0, MOST_CLAIMS)
      .map(({ problem: { word, value, range: block = 'block' }, cites, where }) =>
        claim(
          messages,
          'undefined',
          { host: hostName, name: value ?? word, block, where },
          {
            cites,
            steps: [reloadKeepalived(id)],
            verify: 'keepalived -t   # says nothing and returns 0 (2.0.4 and later)',
            about: { hosts: [id] },
            proof: 'inferred',
            // Of lvs_sync_daemon, 2.2 says nothing where it reads the text: the daemon is not started.
            ...(releaseBeforeRules(host) === undefined && word !== 'lvs_sync_daemon' ? {} : { severity: 'warning' }),
          },
        ),
      )
    if (isNonEmpty(claims)) return fail(claims)
    if (isComplete(conf, kase)) return pass(conf.from)
    return undecided(reasons, 'incomplete', {}, conf.from, [`cat ${MAIN_CONF}`])
  },
})
