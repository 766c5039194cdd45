/** Who is MASTER before, during and after each single failure, from two configurations alone. */
import { describe, expect, it } from 'vitest'
import { rehearse } from '../../src/topology/rehearsal.ts'
import { virtualRouters } from '../../src/topology/vrrp.ts'
import { readCase } from '../check-tester.ts'
import { type ConfOptions, conf } from '../checks/support/cluster.ts'

const SCRIPT = 'vrrp_script chk {\n    script "/etc/keepalived/chk.sh"\n    interval 2\n}'
const tracked = (weight?: number): string =>
  `    track_script {\n        chk${weight === undefined ? '' : ` weight ${weight}`}\n    }`

const played = (a: ConfOptions, b: ConfOptions): readonly string[] => {
  const file = (options: ConfOptions): Readonly<Record<string, string>> => ({
    'cat /etc/keepalived/keepalived.conf': conf(options),
  })
  const kase = readCase({
    hosts: { ds1: file({ priority: 100, ...a }), ds2: file({ state: 'BACKUP', priority: 90, ...b }) },
  })
  const [router] = virtualRouters(kase.hosts)
  const rows = router && rehearse(router)
  return (rows ?? []).map(({ failure, before, during, after, stuck, because }) => {
    const what = failure.kind === 'node' ? failure.host : `${failure.host} ${failure.name}`
    return `${what}: ${before} ${during} ${after}${stuck ? ` stuck ${because}` : ''}`
  })
}

describe('rehearsal', () => {
  it('two plain nodes: the backup takes over, the master comes back', () => {
    expect(played({}, {})).toEqual([
      'ds1: ds1 ds2 ds1',
      'ds1 eth0: ds1 ds2 ds1',
      'ds2: ds1 ds1 ds1',
      'ds2 eth0: ds1 ds1 ds1',
    ])
  })

  it('nopreempt on the higher node: no failback', () => {
    expect(played({ state: 'BACKUP', instance: '    nopreempt' }, {})[0]).toBe('ds1: ds1 ds2 ds2')
  })

  it('nopreempt with state MASTER is cleared by keepalived', () => {
    expect(played({ state: 'MASTER', instance: '    nopreempt' }, {})[0]).toBe('ds1: ds1 ds2 ds1')
  })

  it('a weight that bridges the gap fails over', () => {
    expect(played({ before: SCRIPT, instance: tracked(-20) }, {})).toContain('ds1 chk: ds1 ds2 ds1')
  })

  it('a weight smaller than the gap does not', () => {
    expect(played({ before: SCRIPT, instance: tracked(-5) }, {})).toContain(
      'ds1 chk: ds1 ds1 ds1 stuck weight-too-small',
    )
  })

  it('a weight equal to the gap is a draw: the master stays', () => {
    expect(played({ before: SCRIPT, instance: tracked(-10) }, {})).toContain(
      'ds1 chk: ds1 ds1 ds1 stuck weight-too-small',
    )
  })

  it('nopreempt on the node that should take over: it waits for ever', () => {
    const backup = { instance: '    nopreempt' }
    expect(played({ before: SCRIPT, instance: tracked(-20) }, backup)).toContain(
      'ds1 chk: ds1 ds1 ds1 stuck peer-nopreempt',
    )
  })

  it('a script without weight is FAULT: always fails over', () => {
    expect(played({ before: SCRIPT, instance: tracked() }, { instance: '    nopreempt' })).toContain(
      'ds1 chk: ds1 ds2 ds1',
    )
  })

  it('a positive weight counts as long as the script is well', () => {
    expect(played({ before: SCRIPT, priority: 80, instance: tracked(20) }, {})).toContain('ds1 chk: ds1 ds2 ds1')
  })

  it('equal priorities: nobody can tell who is first', () => {
    expect(played({ priority: 100 }, { priority: 100 })[0]).toBe('ds1: unknown ds2 ds2')
  })

  it('says nothing where other trackers move the priority, or the VRIDs differ', () => {
    expect(played({ instance: '    track_file {\n        f weight 10\n    }' }, {})).toEqual([])
    expect(played({ vrid: 52 }, {})).toEqual([])
  })
})
