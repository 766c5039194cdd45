/** Mail about failovers that nobody will ever get. Never a reason why a VIP fails. */
import { ailment, type Claim, claim, fail, hostCheck, notApplicable, pass, undecided } from '../model/check.ts'
import { isNonEmpty } from '../model/evidence.ts'
import { reloadKeepalived } from '../model/fix.ts'
import { ownAddresses } from '../topology/addresses.ts'
import { isComplete, MAIN_CONF } from '../topology/keepalived-files.ts'
import { type MailServer, mailServer, strayWords } from '../topology/mail-server.ts'

const messages = {
  'nobody-listens': ailment<{ host: string; server: string; port: number }>({
    title: (d) => `${d.host} sends its alerts to itself (${d.server}), where no mail server listens`,
    text: (d) =>
      `smtp_server is an address of ${d.host}, and nothing listens on port ${d.port} there. Mail about failovers is lost; VRRP and the VIP are not concerned.`,
    fix: () => 'Name a mail server that exists in smtp_server, or delete the mail settings.',
  }),
  'stray-word': ailment<{ host: string; words: string }>({
    title: (d) => `"${d.words}" behind notification_email_from on ${d.host} is ignored`,
    text: () =>
      'notification_email_from takes one address; keepalived passes over the rest of the line without a word.',
    fix: (d) => `Delete "${d.words}", or quote the whole value if it belongs to the address.`,
  }),
}

const reasons = {
  'no-mail': (_: Record<string, never>) => 'no smtp_server is configured',
  incomplete: (_: Record<string, never>) => 'not all of the configuration was seen or understood',
  'own-addresses': (_: Record<string, never>) => 'the own addresses were not seen: smtp_server may be one of them',
  'listeners-unseen': (d: { port: number }) =>
    `smtp_server is the host itself; whether anything listens on port ${d.port} was not seen`,
}

export const smtpAlertUseless = hostCheck({
  id: 'smtp-alert-useless',
  title: 'Mail about failovers has somewhere to go',
  category: 'keepalived',
  severity: 'note',
  stage: 'config',
  why: 'The mail settings of keepalived are copied from the sample file more often than set up. Whoever relies on them learns of no failover.',
  links: ['https://www.keepalived.org/manpage.html'],
  explains: [],
  neverRoot: true,
  on: 'director',
  needs: { keepalived: 'part' },
  messages,
  reasons,
  run({ host, id, name, keepalived: conf }, { kase }) {
    const rest: Omit<Claim, 'message' | 'data' | 'cites'> = {
      steps: [reloadKeepalived(id)],
      verify: `grep -n -E 'smtp_|notification_' ${MAIN_CONF}`,
      about: { hosts: [id] },
      proof: 'inferred',
    }
    const stray = strayWords(conf.value).map(({ words, at }) =>
      claim(messages, 'stray-word', { host: name, words }, { cites: [at], ...rest }),
    )
    const server = mailServer(conf.value)
    const { links, sockets } = host.facts
    const own =
      server &&
      isOwn(
        server,
        ownAddresses(host.facts).map(({ ip }) => ip),
      )
    const listener =
      sockets.state === 'known' &&
      sockets.value.listening.find(({ protocol, port }) => protocol === 'tcp' && port === server?.port)
    if (server && own && sockets.state === 'known' && sockets.whole && !listener) {
      const data = { host: name, server: server.host, port: server.port }
      return fail([claim(messages, 'nobody-listens', data, { cites: [server.at, sockets.from[0]], ...rest }), ...stray])
    }
    if (isNonEmpty(stray)) return fail(stray)
    if (!isComplete(conf, kase)) return undecided(reasons, 'incomplete', {}, conf.from, [`cat ${MAIN_CONF}`])
    if (!server) return notApplicable(reasons, 'no-mail', {}, conf.from)
    if (own && listener) return pass([server.at, listener.at])
    if (own) return undecided(reasons, 'listeners-unseen', { port: server.port }, [server.at], ['ss -lnt'])
    if (links.state === 'missing' || !links.whole)
      return undecided(reasons, 'own-addresses', {}, [server.at], ['ip addr'])
    return pass([server.at, links.from[0]])
  },
})

function isOwn({ host }: MailServer, own: readonly string[]): boolean {
  return host === 'localhost' || host === '::1' || host.startsWith('127.') || own.includes(host)
}
