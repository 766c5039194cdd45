import { describe, expect, it } from 'vitest'
import type { ReportTopology, TopologyNode } from '../../src/model/report.ts'
import type { Layout } from '../../src/report/layout.ts'
import { loadMeasure } from '../../src/report/measure.ts'
import { pictureLines } from '../../src/report/picture.ts'
import { textOf } from '../../src/report/spans.ts'
import { splitBrain } from './sample-report.ts'

const numbers = new Map([
  ['f1', 1],
  ['f2', 1],
  ['f4', 2],
])

async function draw(topology: ReportTopology, options: Partial<Layout> = {}): Promise<string[]> {
  const layout = { width: 80, unicode: false, measure: await loadMeasure(JSON.stringify(topology)), ...options }
  return pictureLines(topology, numbers, (id) => id, layout).map((row) => textOf(row).trimEnd())
}

function node(host: string, address: string | null, ...marks: string[]): TopologyNode {
  return { host, role: 'director', address, marks: marks.map((text) => ({ text, bad: false, finding: null })) }
}

describe('the picture of the topology', () => {
  it('hangs the hosts on their network, marks what is bad, and names the broken link by its cause', async () => {
    expect(await draw(splitBrain.topology)).toEqual([
      '                            clients',
      '                               |',
      '  -------+---------------------+--------------------+------  10.0.0.x',
      '         |                     |                    |',
      '  +------+-----+        +------+-----+        +-----+-----+',
      '  | ds1    .11 |        | ds2    .12 |        | web1  .21 |',
      '  | MASTER 150 |        |!MASTER 100 |        |!w=0       |',
      '  | VIP eth0   |        |!VIP eth0   |        | VIP lo    |',
      '  +-----+------+        +----+-----1-+        +---------2-+',
      '        +-- VRRP 51 -X- [1] -+',
    ])
  })

  it('draws the same with box characters when asked', async () => {
    const out = await draw(splitBrain.topology, { unicode: true })
    expect(out.slice(2, 5)).toEqual([
      '  ───────┬─────────────────────┼────────────────────┬──────  10.0.0.x',
      '         │                     │                    │',
      '  ┌──────┴─────┐        ┌──────┴─────┐        ┌─────┴─────┐',
    ])
    expect(out.at(-1)).toBe('        └── VRRP 51 -X- [1] ─┘')
  })

  it('is a list where the boxes do not fit', async () => {
    const four = { ...splitBrain.topology, nodes: [...splitBrain.topology.nodes, node('web2', null)] }
    expect(await draw(four, { width: 60 })).toEqual([
      '  director     ds1   10.0.0.11',
      '    MASTER 150, VIP eth0',
      '  director     ds2   10.0.0.12',
      '    !MASTER 100 [1], !VIP eth0 [1]',
      '  director     web2',
      '  real server  web1  10.0.0.21',
      '    !w=0 [2], VIP lo',
      '  ds1 -X- ds2  VRRP 51 [1]',
    ])
  })

  it('is a list for one host', async () => {
    expect(await draw({ nodes: [node('ds1', null, 'MASTER 150')], links: [] })).toEqual([
      '  director  ds1    MASTER 150',
    ])
  })

  it('gives every network a line of its own, and names beside the picture who has no part in it', async () => {
    const client: TopologyNode = { host: 'laptop', role: 'client', address: '172.16.0.10', marks: [] }
    const router: TopologyNode = { host: 'gw', role: 'unknown', address: '172.16.0.1', marks: [] }
    const server: TopologyNode = { ...node('rs1', '10.9.0.21', 'w=1'), role: 'real-server' }
    const links = [{ from: 'ds1', to: 'rs1', label: 'NAT', broken: false, finding: null }]
    expect(await draw({ nodes: [client, router, server, node('ds1', '10.0.0.11')], links })).toEqual([
      '  laptop 172.16.0.10',
      '        | 10.0.0.x     10.9.0.x',
      '  ------+------        ------+------',
      '        |                    |',
      '  +-----+-----+        +-----+-----+',
      '  | ds1       |        | rs1       |',
      '  | 10.0.0.11 |        | 10.9.0.21 |',
      '  | director  |        | w=1       |',
      '  +----+------+        +----+------+',
      '       +-------- NAT -------+',
      '  also seen: gw 172.16.0.1',
    ])
  })

  it('keeps the boxes straight around wide characters', async () => {
    const out = await draw({
      nodes: [node('主节点', '10.0.0.11', '虚拟地址 eth0'), node('ds2', '10.0.0.12', 'ok')],
      links: [],
    })
    expect(out.slice(4, 8)).toEqual([
      '  +-------+-------+        +-----+----+',
      '  | 主节点    .11 |        | ds2  .12 |',
      '  | 虚拟地址 eth0 |        | ok       |',
      '  +---------------+        +----------+',
    ])
  })

  it('says links that are alike in one line, and draws the broken one', async () => {
    const servers = ['s1', 's2', 's3', 's4'].map((name) => node(name, null))
    const link = (to: string, broken: boolean) => ({ from: 's1', to, label: 'DR', broken, finding: null })
    const links = [link('s2', false), link('s3', true), link('s4', false)]
    const out = await draw({ nodes: servers, links })
    expect(out.filter((row) => row.includes('-X-'))).toHaveLength(1)
    expect(out.at(-1)).toBe('  s1 --- s2, s4  DR')
  })
})
