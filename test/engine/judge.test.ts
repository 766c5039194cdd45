/** The engine alone says "not checked" and "crashed", and silence is never health. */
import { describe, expect, it } from 'vitest'
import { caseView, judge } from '../../src/engine/judge.ts'
import { ailment, type Check, caseCheck, claim, fail, hostCheck, pass } from '../../src/model/check.ts'
import { readCase } from '../check-tester.ts'
import { dr, without } from '../checks/support/cluster.ts'

const messages = { bad: ailment<{ host: string }>({ title: () => 'bad', text: () => 'bad', fix: () => 'mend' }) }
const base = {
  title: 'T',
  category: 'service',
  severity: 'critical',
  stage: 'config',
  why: '',
  links: [],
  explains: [],
  messages,
  reasons: {},
} as const

const passing = hostCheck({
  ...base,
  id: 'passing',
  on: 'director',
  needs: { firewall: 'whole' },
  run: (host) => pass(host.firewall.from),
})
const crashing = hostCheck({
  ...base,
  id: 'crashing',
  on: 'director',
  needs: {},
  run: () => {
    throw new TypeError('no such field')
  },
})
const together = caseCheck({
  ...base,
  id: 'together',
  on: 'director',
  atLeast: 2,
  needs: { links: 'part' },
  run: ([first]) => pass(first?.links.from ?? [{ section: '', line: 1 }]),
})
const accusing = caseCheck({
  ...base,
  id: 'accusing',
  on: 'director',
  atLeast: 1,
  needs: { links: 'part' },
  run: ([first]) =>
    fail([
      claim(
        messages,
        'bad',
        { host: 'ds1' },
        {
          cites: first?.links.from ?? [{ section: '', line: 1 }],
          steps: [],
          verify: 'true',
          about: { hosts: ['ds1'] },
          proof: 'inferred',
        },
      ),
    ]),
})

const statuses = (check: Check, hosts: Parameters<typeof readCase>[0]['hosts']): Readonly<Record<string, string>> =>
  Object.fromEntries(
    judge(check, caseView(readCase({ hosts }))).map((v) => [v.target, v.status === 'ruled' ? v.ruling.is : v.status]),
  )

describe('judge', () => {
  it('runs a check on the hosts it is meant for', () => {
    expect(statuses(passing, { ds1: dr.ds1, rs1: dr.rs1 })).toEqual({ ds1: 'pass', rs1: 'not-meant' })
  })

  it('a missing fact is "not checked", with the command that would supply it', () => {
    const kase = readCase({ hosts: { ds1: without(dr.ds1, 'iptables -S') } })
    expect(judge(passing, caseView(kase))).toMatchObject([
      { status: 'not-checked', gaps: [{ code: 'not-collected', ask: ['iptables-save -c'], host: 'ds1' }] },
    ])
  })

  it('a cut-off output is not enough where the whole is needed', () => {
    const cut =
      '[root@ds1 ~]# vi /etc/keepalived/keepalived.conf\n[root@ds1 ~]# iptables -S\n-P INPUT ACCEPT\n-A INPUT -p vrrp -j ACCEPT'
    expect(statuses(passing, { ds1: cut })).toEqual({ ds1: 'not-checked' })
  })

  it('a look that a later command made outdated is no evidence', () => {
    const changed = { ...dr.ds1, 'iptables -I INPUT 1 -j DROP': '' }
    expect(judge(passing, caseView(readCase({ hosts: { ds1: changed } })))).toMatchObject([
      { status: 'not-checked', gaps: [{ code: 'outdated' }] },
    ])
  })

  it('a crash costs one line, and is no pass', () => {
    expect(judge(crashing, caseView(readCase({ hosts: { ds1: dr.ds1 } })))).toMatchObject([
      { status: 'crashed', error: 'TypeError: no such field' },
    ])
  })

  it('a case check with too few hosts is not checked', () => {
    expect(statuses(together, { ds1: dr.ds1 })).toEqual({ case: 'not-checked' })
    expect(statuses(together, { ds1: dr.ds1, ds2: dr.ds2 })).toEqual({ case: 'pass' })
  })

  it('a pass over the hosts that were seen is none while one was not; a fail stands', () => {
    const unseen = { ds1: dr.ds1, ds2: dr.ds2, ds3: without(dr.ds2, 'ip addr') }
    expect(statuses(together, unseen)).toEqual({ case: 'not-checked' })
    expect(statuses(accusing, unseen)).toEqual({ case: 'fail' })
  })
})
