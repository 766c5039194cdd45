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
      '  -------+---------------------+--------------------+-------  10.0.0.x',
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
      '  ───────┬─────────────────────┼────────────────────┬───────  10.0.0.x',
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
      '  real server  web1  10.0.0.21',
      '    !w=0 [2], VIP lo',
      '  director     web2',
      '  ds1 -X- ds2  VRRP 51 [1]',
    ])
  })

  it('is a list for one host', async () => {
    expect(await draw({ nodes: [node('ds1', null, 'MASTER 150')], links: [] })).toEqual([
      '  director  ds1    MASTER 150',
    ])
  })

  it('claims no common network for hosts that have none', async () => {
    const out = await draw({ nodes: [node('ds1', '10.0.0.11'), node('ds2', '10.9.0.11')], links: [] })
    expect(out.join('\n')).toContain('| ds1  10.0.0.11 |')
    expect(out.join('\n')).not.toContain('.x')
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

  it('draws only broken links where there are many, and counts the rest', async () => {
    const servers = Array.from({ length: 8 }, (_, n) => node(`s${n}`, null))
    const link = (to: string, broken: boolean) => ({ from: 's0', to, label: 'w', broken, finding: null })
    const links = servers.slice(1).map((server, n) => link(server.host, n === 3))
    const out = await draw({ nodes: servers, links }, { width: 200 })
    expect(out.filter((row) => row.includes('-X-'))).toHaveLength(1)
    expect(out.at(-1)).toBe('  6 other links not drawn')
  })
})
