import { topology as dr } from './dr.mjs'
import { topology as dr2 } from './dr2.mjs'
import { topology as nat } from './nat.mjs'
import { topology as tun } from './tun.mjs'
import { topology as two } from './two.mjs'
import { topology as vlan } from './vlan.mjs'

export const TOPOLOGIES = { dr, tun, nat, vlan, two, dr2 }
