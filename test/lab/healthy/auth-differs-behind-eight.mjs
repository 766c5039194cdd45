export const healthy = {
  name: 'auth-differs-behind-eight',
  modes: ['dr'],
  note: 'the passwords differ after the eighth character, which keepalived cuts off',
  inject: `edit ds1 's/auth_pass 1111/auth_pass 12345678A/'
edit ds2 's/auth_pass 1111/auth_pass 12345678B/'`,
}
