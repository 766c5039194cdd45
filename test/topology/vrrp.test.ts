import { describe, expect, it } from 'vitest'
import { effectiveVrrp, speakersOf } from '../../src/topology/vrrp.ts'
import { priorityWhenFailed, weightsOf } from '../../src/topology/vrrp-weight.ts'
import { readCase } from '../check-tester.ts'
import { type ConfOptions, conf } from '../checks/support/cluster.ts'

const speakerOf = (text: string) => {
  const [speaker] = speakersOf(readCase({ hosts: { ds1: { 'cat /etc/keepalived/keepalived.conf': text } } }).hosts)
  if (!speaker) throw new Error('no instance')
  return speaker
}

describe('effectiveVrrp', () => {
  it.each([
    ['MASTER', 255],
    ['BACKUP', 100],
  ])('state %s without a priority means %i (keepalived 2.2.7 sends it so)', (state, priority) => {
    const text = conf({ state }).replace('    priority 100\n', '')
    expect(effectiveVrrp(speakerOf(text)).priority).toBe(priority)
  })

  it.each<[string, ConfOptions, number]>([
    ['version 2 unless told otherwise', {}, 2],
    ['vrrp_version is for IPv4', { before: 'global_defs {\n    vrrp_version 3\n}' }, 3],
    ['IPv6 is version 3 always', { vips: ['fe80::100'], before: 'global_defs {\n    vrrp_version 2\n}' }, 3],
    [
      'the instance has the last word',
      { before: 'global_defs {\n    vrrp_version 3\n}', instance: '    version 2' },
      2,
    ],
  ])('%s', (_, options, version) => {
    expect(effectiveVrrp(speakerOf(conf(options))).version).toBe(version)
  })
})

describe('weights in a sync group', () => {
  const grouped = (more: string) =>
    speakerOf(
      conf({
        before: `vrrp_script chk {\n    script /bin/false\n    weight -20\n}\nvrrp_sync_group G {\n    group {\n        VI_1\n    }\n${more}}`,
        instance: '    track_script {\n        chk\n    }',
      }),
    )
  it('are ignored', () => expect(weightsOf(grouped(''))).toEqual([]))
  it('count with sync_group_tracking_weight: 100 - 20', () =>
    expect(priorityWhenFailed(grouped('    sync_group_tracking_weight\n'))).toBe(80))
})
