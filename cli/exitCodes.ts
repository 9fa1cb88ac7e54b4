/** The exit codes of the command line; see the README. */
export const exitCodes = {
  holds: 0,
  violated: 1,
  usage: 2,
  inconclusive: 3,
  vacuous: 4,
  diverged: 5,
  internal: 70,
  storage: 74,
  interrupted: 130,
} as const;
