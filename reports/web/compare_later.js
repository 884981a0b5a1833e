// What need not be there at once is made when the browser has nothing else to do, so that the first
// screen is there soon: charts, and tables that are folded.

const laterWork = new Map()
let isScheduled = false

/** Does this soon; of several pieces of work for one thing, the last. */
export function later(thing, work) {
  laterWork.set(thing, work)
  document.documentElement.dataset.busy = ''
  scheduleLater()
}

function scheduleLater() {
  if (isScheduled) return
  isScheduled = true
  const ask = globalThis.requestIdleCallback ?? (run => setTimeout(run, 1))
  ask(workWhileIdle)
}

function workWhileIdle(deadline) {
  isScheduled = false
  for (const [thing, work] of laterWork) {
    laterWork.delete(thing)
    work()
    if (!(deadline?.timeRemaining() > 5)) break
  }
  if (laterWork.size > 0) scheduleLater()
  else delete document.documentElement.dataset.busy
}

/** Does all of it now: whoever prints wants the whole page. */
export function finishLater() {
  for (const work of laterWork.values()) work()
  laterWork.clear()
}
