/** One packet on several lines of a capture: it was seen on several interfaces, and is no retransmission. */
import { repeatsOf } from '../kernel/wire/repeats.ts'
import { ailment, claim, fail, hostCheck, notApplicable, pass, undecided } from '../model/check.ts'
import { isNonEmpty } from '../model/evidence.ts'

type Repeated = { host: string; repeated: number; syns: number; lines: number }

const messages = {
  'seen-several-times': ailment<Repeated>({
    title: (d) => `${d.host} shows one SYN on ${d.lines} lines; it was sent once`,
    text: (d) =>
      `${d.repeated} of ${d.syns} SYNs in the capture of ${d.host} stand on several lines with the same sequence number and time stamp, less than 50 ms apart. A capture of "any" shows a packet once for every interface it passes: slave and bond, card and VLAN, port and bridge. ` +
      'A retransmission comes a second later with another time stamp. Each is counted once here.',
    fix: () =>
      'Nothing to repair. Capture on one interface, or read the lines with -e, which names the interface and the VLAN.',
  }),
}

const reasons = {
  'no-syn': (_: Record<string, never>) => 'no SYN in the capture',
  forwards: (_: Record<string, never>) => 'this host passes SYNs on: each comes in and goes out',
  'cut-short': (_: Record<string, never>) => 'the capture breaks off, more lines of a SYN may follow',
}

export const capDuplicateSightings = hostCheck({
  id: 'cap-duplicate-sightings',
  title: 'Every SYN of the capture stands on one line',
  category: 'capture',
  severity: 'note',
  stage: 'symptom',
  why: 'tcpdump on "any" shows one packet for every interface it passes. Who counts the lines sees retransmissions, and a lost answer, where there are none.',
  links: ['https://www.tcpdump.org/manpages/tcpdump.1.html'],
  explains: [],
  neverRoot: true,
  on: 'any',
  needs: { capture: 'part' },
  messages,
  reasons,
  run({ id, name, host, capture }) {
    const looks = [capture, ...capture.earlier].map(({ value }) => repeatsOf(value))
    const forwarded = looks.flatMap((look) => look.forwarded)
    const passesOn = host.roles.director.is === 'yes' || isNonEmpty(forwarded)
    const [worst] = [...looks].sort((a, b) => b.most.length - a.most.length)
    const kept = looks.flatMap((look) => look.kept)
    if (!isNonEmpty(kept) && !isNonEmpty(forwarded)) return notApplicable(reasons, 'no-syn', {}, capture.from)
    if (passesOn) return notApplicable(reasons, 'forwards', {}, isNonEmpty(forwarded) ? forwarded : capture.from)
    if (worst !== undefined && isNonEmpty(worst.most)) {
      const data = { host: name, repeated: worst.repeated, syns: worst.syns, lines: worst.most.length }
      return fail([
        claim(messages, 'seen-several-times', data, {
          cites: worst.most,
          steps: [],
          verify:
            "tcpdump -nn -e -i any 'tcp[tcpflags] & tcp-syn != 0'   # the lines of one SYN name different interfaces",
          about: { hosts: [id] },
          proof: 'direct',
        }),
      ])
    }
    if (!capture.whole) return undecided(reasons, 'cut-short', {}, capture.from, ["tcpdump -nn -i any 'tcp'"])
    return pass(isNonEmpty(kept) ? kept : capture.from)
  },
})
