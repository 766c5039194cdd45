/** What it comes to that a node's firewall refuses the adverts of its peers, in words. */

export type Deaf = {
  readonly host: string
  /** It outranks all of them. */
  readonly latent: boolean
  /** Unicast, and a rule for ESTABLISHED lets them in once the node has sent adverts itself. */
  readonly later: boolean
}

export function deafness({ host, latent, later }: Deaf): string {
  if (latent)
    return `${host} has the highest priority and stays MASTER without hearing anybody; this bites as soon as the roles turn round.`
  if (later)
    return `Once ${host} has sent adverts itself, its peer's count as answers and get in; until then, at each start, both are MASTER.`
  return `${host} does not hear its peer and takes the VIP as well.`
}

/** What carries the adverts: with auth_type AH they are wrapped, and a rule for 112 matches none. */
export function carrier({ ah }: { readonly ah: boolean }): string {
  return ah ? 'IP protocol 51 (AH)' : 'IP protocol 112 (VRRP)'
}
