/** The failover rehearsal of every virtual router whose nodes' configurations were all given. */
import type { Case } from '../model/case.ts'
import type { ReportRehearsal } from '../model/report.ts'
import { type Failure, rehearse } from '../topology/rehearsal.ts'
import { virtualRouters } from '../topology/vrrp.ts'

export function rehearsalsOf(kase: Case): readonly ReportRehearsal[] {
  return virtualRouters(kase.hosts).flatMap((router): readonly ReportRehearsal[] => {
    const rows = rehearse(router)
    if (!rows || rows.length === 0) return []
    return [
      {
        instance: router.name,
        vips: router.vips,
        nodes: router.speakers.map((speaker) => speaker.host.id),
        rows: rows.map(({ failure, before, during, after, stuck, because }) => ({
          failure: wordsOf(failure),
          host: failure.host,
          before,
          during,
          after,
          failsOver: !stuck,
          because: because ?? null,
        })),
      },
    ]
  })
}

function wordsOf(failure: Failure): string {
  if (failure.kind === 'node') return `${failure.host} dies`
  return failure.kind === 'script'
    ? `${failure.name} fails on ${failure.host}`
    : `${failure.name} of ${failure.host} goes down`
}
