/*
 * Two-phase commit with MANAGERS managers. Every step is one d_step of one process, so that SPIN stores the states of
 * the protocol and no others.
 */
#define WORKING 0
#define PREPARED 1
#define COMMITTED 2
#define ABORTED 3

byte manager[MANAGERS];
bit sent[MANAGERS];     /* it said that it is prepared */
bit heard[MANAGERS];    /* the coordinator knows */
byte decision;          /* COMMITTED or ABORTED once there is one, which is also the message that says so */

/* What steps compute with: 0 in every state, and no part of one where SPIN allows for that. */
#ifdef BREADTH_FIRST
byte at, committed, aborted;
#else
hidden byte at, committed, aborted;
#endif

inline check() {
  do
  :: at < MANAGERS ->
     committed = committed || manager[at] == COMMITTED;
     aborted = aborted || manager[at] == ABORTED;
     at++
  :: else -> break
  od;
  assert(!(committed && aborted));
  committed = 0; aborted = 0; at = 0
}

/* A step that every manager may take; the guard is the first thing in it. */
#define STEP(i, guard, effect) :: d_step { (guard) -> effect; check() }
#define OF(i) \
  STEP(i, decision == 0 && sent[i], heard[i] = 1) \
  STEP(i, manager[i] == WORKING, manager[i] = PREPARED; sent[i] = 1) \
  STEP(i, manager[i] == WORKING, manager[i] = ABORTED) \
  STEP(i, decision == COMMITTED, manager[i] = COMMITTED) \
  STEP(i, decision == ABORTED, manager[i] = ABORTED)

#if MANAGERS == 3
#define ALL OF(0) OF(1) OF(2)
#define ALL_HEARD (heard[0] && heard[1] && heard[2])
#else
#define ALL OF(0) OF(1) OF(2) OF(3) OF(4) OF(5) OF(6) OF(7)
#define ALL_HEARD (heard[0] && heard[1] && heard[2] && heard[3] && heard[4] && heard[5] && heard[6] && heard[7])
#endif

active proctype protocol() {
  do
  :: d_step { decision == 0 && ALL_HEARD -> decision = COMMITTED; check() }
  :: d_step { decision == 0 -> decision = ABORTED; check() }
  ALL
  od
}
