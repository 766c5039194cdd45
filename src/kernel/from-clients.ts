/** Requests once for each client that is known to ask. */
import type { Case } from '../model/case.ts'
import { askers } from './askers.ts'

/** More clients than this tell no more about a rule set. */
const MOST_CLIENTS = 8

/** Without a known client the request itself: whoever asks. */
export function fromClients<R extends { readonly vip: string }>(
  requests: readonly R[],
  { topology, hosts }: Case,
): readonly (R & { readonly client?: string })[] {
  return requests.flatMap((request) => {
    const clients = askers(topology, hosts, request.vip).slice(0, MOST_CLIENTS)
    return clients.length === 0 ? [request] : clients.map(({ ip }) => ({ ...request, client: ip }))
  })
}
