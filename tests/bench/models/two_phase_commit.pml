/*
 * Two-phase commit under presumed abort, as protocols/two_phase_commit has it, for Spin: one order,
 * SERVICES services, up to CRASHES crashes, messages that come in any order. It is to be compared
 * with `indoubt explore --exhaustive`: see scripts/compare_checkers.
 *
 * A channel is a bag: `!!` keeps it sorted, `??` takes any message that fits. `timeout` is true
 * where nothing else can be done, which is when time passes in the world of docs/orders.md, too;
 * but which of several timers is due first is open here.
 *
 * A handler is one step: crashes come between handlers, never between two effects of one. What is
 * forced is on the disk at once. What is not forced, an abort and an end, survives a crash or not.
 * Whoever is down is up again at once, when nothing else is left to do, or never.
 */
#ifndef SERVICES
#define SERVICES 2
#endif
#ifndef CRASHES
#define CRASHES 0
#endif
#define CAPACITY 8
#define ALL ((1 << SERVICES) - 1)
#define BIT(service) (1 << (service))

mtype = { work, worked, refused, prepare, yes, no, commit, abort, ack, inquiry };
mtype = { unknown, working, preparing, prepared, committing, committed, aborted };

chan to_service[SERVICES] = [CAPACITY] of { mtype };
chan to_coordinator = [CAPACITY * SERVICES] of { mtype, byte };
byte crashes_left = CRASHES;
mtype state[SERVICES] = unknown;  /* of services */

/* Agreement: nobody commits what another one aborts. */
inline check_agreement() {
  i = 0;
  do
  :: i < SERVICES ->
     j = 0;
     do
     :: j < SERVICES -> assert(!(state[i] == committed && state[j] == aborted)); j++
     :: else -> break
     od;
     i++
  :: else -> break
  od;
  i = 0; j = 0
}

inline tell(whom, message) {
  i = 0;
  do
  :: i < SERVICES ->
     if
     :: whom & BIT(i) -> to_service[i]!!message
     :: else
     fi;
     i++
  :: else -> break
  od;
  i = 0
}

/* The coordinator: everybody has answered, so on to the next phase. */
inline take_answer(in_phase, next_phase, next_message) {
  if
  :: phase == in_phase ->
     missing = missing & ~BIT(service);
     if
     :: missing == 0 -> phase = next_phase; missing = ALL; tell(ALL, next_message)
     :: else
     fi
  :: else
  fi;
  service = 0
}

/* It forgets an abort at once: no record means abort. */
inline give_up(whom) {
  if
  :: phase == working || phase == preparing -> phase = aborted; missing = 0; tell(whom, abort)
  :: else
  fi;
  service = 0
}

/* As long as it is down, what comes is lost. */
#define BE_DOWN(message_is_lost)                               \
  if                                                           \
  :: do :: message_is_lost :: break od            /* at once */ \
  :: do :: message_is_lost :: timeout -> break od /* later */   \
  :: true -> end_never: do :: message_is_lost od  /* never */   \
  fi

proctype Coordinator() {
  mtype phase = working;
  byte missing = ALL, service, i;
  d_step { tell(ALL, work) }
end:
  do
  :: d_step { to_coordinator??worked, service -> take_answer(working, preparing, prepare) }
  :: d_step { to_coordinator??yes, service -> take_answer(preparing, committing, commit) }
  :: d_step { to_coordinator??refused, service -> give_up(ALL & ~BIT(service)) }
  :: d_step { to_coordinator??no, service -> give_up(ALL & ~BIT(service)) }
  :: d_step { to_coordinator??ack, service ->
       if
       :: phase == committing ->
          missing = missing & ~BIT(service);
          if
          :: missing == 0 -> phase = committed
          :: else
          fi
       :: else
       fi;
       service = 0 }
  :: d_step { to_coordinator??inquiry, service ->
       if
       :: phase == committing -> to_service[service]!!commit
       :: phase == unknown -> phase = aborted; to_service[service]!!abort
       :: phase == committed || phase == aborted -> to_service[service]!!abort
       :: else  /* the answer will come as the decision */
       fi;
       service = 0 }
  :: atomic { timeout && (phase == working || phase == preparing) -> give_up(ALL) }
  :: atomic { timeout && phase == committing -> tell(missing, commit) }
  :: atomic { crashes_left > 0 ->
       crashes_left--;
       if
       :: phase == committing || phase == committed -> phase = committing; missing = ALL
       :: phase == committed -> skip
       :: phase != committing && phase != committed -> phase = unknown; missing = 0
       fi };
     BE_DOWN(to_coordinator??_(_));
     atomic {
       if
       :: phase == committing -> tell(missing, commit)
       :: else
       fi }
  od
}

proctype Service(byte self) {
  mtype disk = unknown;  /* what a crash leaves of it */
  byte i, j;
end:
  do
  :: d_step { to_service[self]??work ->
       if
       :: state[self] == unknown -> state[self] = working
       :: else
       fi;
       if
       :: state[self] == working -> to_coordinator!!worked, self
       :: else -> to_coordinator!!refused, self
       fi }
  :: d_step { to_service[self]??prepare ->
       if
       :: state[self] == working ->
          state[self] = prepared; disk = prepared; to_coordinator!!yes, self
       :: state[self] == prepared -> to_coordinator!!yes, self
       :: state[self] == unknown || state[self] == aborted ->
          state[self] = aborted; disk = aborted; check_agreement(); to_coordinator!!no, self
       :: else
       fi }
  :: d_step { to_service[self]??commit ->
       if
       :: state[self] == prepared -> state[self] = committed; disk = committed; check_agreement()
       :: else
       fi;
       to_coordinator!!ack, self }
  :: d_step { to_service[self]??abort ->
       if
       :: state[self] != committed -> state[self] = aborted; check_agreement()
       :: else
       fi }
  :: atomic { timeout && state[self] == working -> state[self] = aborted; check_agreement() }
  :: atomic { timeout && state[self] == prepared -> to_coordinator!!inquiry, self }
  :: atomic { crashes_left > 0 ->
       crashes_left--;
       if
       :: state[self] = disk
       :: state[self] == aborted -> disk = aborted
       fi };
     BE_DOWN(to_service[self]??_);
     atomic {
       if
       :: state[self] == prepared -> to_coordinator!!inquiry, self
       :: else
       fi }
  od
}

init {
  byte i;
  atomic {
    do
    :: i < SERVICES -> run Service(i); i++
    :: else -> break
    od;
    i = 0;
    run Coordinator()
  }
}
