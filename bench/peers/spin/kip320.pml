/*
 * The published specification of KIP-320 (hachikuji/kafka-specification, module Kip320), three replicas. Every step is
 * one d_step of one process. Numbers are kept one higher where 0 is "none"; an ISR is a bit for each replica; a record
 * is its id and its epoch in a byte.
 */
#define REPLICAS 3
#define LOG 2
#define RECORDS 2

#define BIT(r) (1 << (r))
#define LOG_OF(r, offset) log[(r) * LOG + (offset)]
#define EPOCH_OF(record) ((record) & 7)

byte hw[REPLICAS];
byte epoch[REPLICAS];
byte leader[REPLICAS];
byte isr[REPLICAS];
byte end[REPLICAS];
byte log[REPLICAS * LOG];
byte nextRecord;
byte requests;                  /* how many were sent; each has an epoch of its own */
byte requestLeader[EPOCHS];
byte requestIsr[EPOCHS];
byte quorumEpoch;
byte quorumLeader;
byte quorumIsr = BIT(REPLICAS) - 1;

/* What steps compute with: 0 in every state, and no part of one where SPIN allows for that. */
#ifdef BREADTH_FIRST
byte l, m, o, keep;
#else
hidden byte l, m, o, keep;
#endif

#define PRESUMES(r) (leader[r] == (r) + 1)
#define FOLLOWS(l, f) (PRESUMES(l) && leader[f] == (l) + 1 && epoch[f] == epoch[l])
#define TRUE_LEADER(l) (quorumLeader == (l) + 1 && PRESUMES(l) && epoch[l] == quorumEpoch)
#define HAS(l, f) (!(isr[l] & BIT(f)) || (FOLLOWS(l, f) && end[f] > hw[l]))
#define COVERS_EARLIER_EPOCHS(l) (hw[l] == end[l] || EPOCH_OF(LOG_OF(l, hw[l])) == epoch[l])

/* WeakIsr and StrongIsr. */
inline check() {
  do
  :: l < REPLICAS ->
     if
     :: PRESUMES(l) ->
        do
        :: m < REPLICAS ->
           if
           :: (isr[l] | quorumIsr) & BIT(m) ->
              do
              :: o < hw[l] -> assert(LOG_OF(l, o) && LOG_OF(m, o) == LOG_OF(l, o)); o++
              :: else -> break
              od;
              o = 0
           :: else
           fi;
           m++
        :: else -> break
        od;
        m = 0
     :: else
     fi;
     l++
  :: else -> break
  od;
  l = 0
}

inline decide(newLeader) {
  quorumLeader = newLeader;
  requestLeader[requests] = quorumLeader;
  requestIsr[requests] = quorumIsr;
  requests++;
  quorumEpoch = requests
}

inline obey(r, request) {
  epoch[r] = request + 1;
  leader[r] = requestLeader[request];
  isr[r] = requestIsr[request]
}

inline toggle(by, follower) {
  isr[by] = isr[by] ^ BIT(follower);
  quorumIsr = isr[by]
}

/* The leader's ISR loses a follower that is not in its epoch, or is behind: a step for each. */
inline shrinkByController(r) {
  if
  :: quorumLeader == r + 1 ->
     quorumIsr = (quorumIsr == BIT(r) -> quorumIsr : quorumIsr & ~BIT(r));
     decide(0)
  :: else ->
     quorumIsr = quorumIsr & ~BIT(r);
     decide(quorumLeader)
  fi
}

inline truncate(by, r) {
  keep = end[r];
  do
  :: keep > 0 && (keep > end[by] || LOG_OF(by, keep - 1) != LOG_OF(r, keep - 1)) ->
     keep--;
     LOG_OF(r, keep) = 0
  :: else -> break
  od;
  end[r] = keep;
  hw[r] = (hw[r] < keep -> hw[r] : keep);
  keep = 0
}

inline fetch(by, r) {
  LOG_OF(r, end[r]) = LOG_OF(by, end[r]);
  end[r] = end[r] + 1;
  hw[r] = (hw[by] < end[r] -> hw[by] : end[r])
}

inline write(r) {
  LOG_OF(r, end[r]) = (nextRecord << 3) | epoch[r];
  end[r] = end[r] + 1;
  nextRecord++
}

#define STEP(guard, effect) :: d_step { (guard) -> effect; check() }

#define IS_NEWS(by, r, request) (request < requests && requestLeader[request] == by + 1 && epoch[r] <= request)

#define FOLLOW(by, r, request) \
  STEP(IS_NEWS(by, r, request) && PRESUMES(by) && epoch[by] == request + 1, truncate(by, r); obey(r, request))

#define FOR_REQUEST(by, f, g, request) \
  STEP(IS_NEWS(by, by, request), obey(by, request)) \
  FOLLOW(by, f, request) \
  FOLLOW(by, g, request)

#if EPOCHS == 2
#define FOR_REQUESTS(by, f, g) FOR_REQUEST(by, f, g, 0) FOR_REQUEST(by, f, g, 1)
#elif EPOCHS == 3
#define FOR_REQUESTS(by, f, g) FOR_REQUEST(by, f, g, 0) FOR_REQUEST(by, f, g, 1) FOR_REQUEST(by, f, g, 2)
#else
#define FOR_REQUESTS(by, f, g) \
  FOR_REQUEST(by, f, g, 0) FOR_REQUEST(by, f, g, 1) FOR_REQUEST(by, f, g, 2) FOR_REQUEST(by, f, g, 3)
#endif

#define FOR_FOLLOWER(by, f) \
  STEP(TRUE_LEADER(by) && !(isr[by] & BIT(f)) && FOLLOWS(by, f) && end[f] >= hw[by] && COVERS_EARLIER_EPOCHS(by), \
    toggle(by, f)) \
  STEP(TRUE_LEADER(by) && (isr[by] & BIT(f)) && !FOLLOWS(by, f), toggle(by, f)) \
  STEP(TRUE_LEADER(by) && (isr[by] & BIT(f)) && end[f] < end[by], toggle(by, f)) \
  STEP(FOLLOWS(by, f) && end[f] < end[by], fetch(by, f))

/* What one replica does, f and g being the others. */
#define FOR_REPLICA(by, f, g) \
  STEP(requests < EPOCHS && (quorumIsr & BIT(by)) && quorumLeader != by + 1, decide(by + 1)) \
  STEP(requests < EPOCHS && ((quorumIsr & BIT(by)) || quorumLeader == by + 1), shrinkByController(by)) \
  STEP(PRESUMES(by) && nextRecord < RECORDS && end[by] < LOG, write(by)) \
  STEP(end[by] > hw[by] && HAS(by, 0) && HAS(by, 1) && HAS(by, 2), hw[by] = hw[by] + 1) \
  FOR_REQUESTS(by, f, g) \
  FOR_FOLLOWER(by, f) \
  FOR_FOLLOWER(by, g)

active proctype protocol() {
  do
  FOR_REPLICA(0, 1, 2)
  FOR_REPLICA(1, 0, 2)
  FOR_REPLICA(2, 0, 1)
  od
}
