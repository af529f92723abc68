/** What the agent answers, by the code of its answer; its own English words stand in for a code not named here. */
export const replies = {
  started: "Begun.",
  switched: "Begun. The task before is put aside.",
  parked: "Put aside.",
  back: "Back on it.",
  stopped: "Stopped.",
  marked: "Noted.",
  "mark-ended": "It is over.",
  paused: "Nothing is recorded now.",
  "not-paused": "Nothing was paused: recording goes on.",
  resumed: "Recording again where charter and hours allow it. A task from before is over.",
  "category-on": "Switched on.",
  "category-off": "Switched off: it is not recorded any more.",
  "category-on-not-in-charter":
    "Your choice is kept, but the charter has this off, so it is not recorded.",
  "held-back": "Set. It holds for what is recorded from now on and for what still waits.",
  deleted: "Deleted.",
  corrected: "Corrected.",
  "corrected-not-wiped":
    "Corrected. What it said before could not be wiped from this disk yet: free some space.",
  "signed-in": "You are signed in.",
  "signed-out": "You are signed out. Nothing is recorded here until somebody signs in.",
  private: "Private mode is on, so this was not kept. Resume first.",
  "no-charter": "The site has sent no charter yet, so nothing is recorded.",
  "outside-hours": "This is outside your agreed hours, so it was not kept.",
  "hours-not-told": "The site has not told your agreed hours yet, so it was not kept.",
  "nothing-on": "Everything is switched off, so it was not kept.",
  "kind-off": "The charter, or you, have this kind of work switched off.",
  "no-task": "No task is under way.",
  "nothing-parked": "Nothing was put aside.",
  "no-open-mark": "There is none open of that kind.",
  "no-shift": "No shift is under way.",
  "not-optional": "The charter does not leave this to each person.",
  "already-sent": "This was sent already, so it can no longer be changed here.",
  sent: "This was sent already, so it can no longer be changed here.",
  gone: "It is no longer here. Look at the list again.",
  "not-found": "It is no longer here. Look at the list again.",
  invalid: "Something in this is not as it should be. Check it and try again.",
  "not-in-charter": "The charter does not let this be recorded so.",
  "charter-gone":
    "The charter this was recorded under is no longer kept here. It cannot be corrected, only deleted.",
  "not-connected": "The site cannot be reached now. Try again when it is back.",
  "wrong-passphrase": "That name and passphrase do not belong together here.",
  wait: "Too many wrong attempts. Wait a moment, then try again.",
  "not-shared": "This workstation is not shared, so nobody signs in here.",
  "bad-request": "The agent did not understand. Load this page again.",
  failed: "The agent failed at this. Try again.",
  unreachable: "The agent does not answer. Nothing was done.",
  unreadable: "The agent's answer could not be read. Load this page again.",
  "too-large": "This is too much at once.",
  "other-page": "The agent refused this. Open the page again with: etabli desk",
  "wrong-address": "The agent refused this address. Open the page again with: etabli desk",
};

/** Codes that are said both of what was done and of what was refused, in the second sense. */
export const refusals = {
  paused: "Recording is paused, so this was not kept. Resume first.",
  "signed-out": "Nobody is signed in at this workstation. Sign in first.",
};

/** What the person should know, by the code of the trouble. */
export const troubles = {
  disk: "The disk is full or refuses to write. What happens now may not be kept.",
  "lost-here": "Some of what was recorded was lost on this machine before it was sent.",
  "outbox-damaged":
    "The agent's store was damaged. It was set aside, and what was lost is named to the site.",
  "outbox-mark": "The agent's store was older than it should be, as from a backup. It began anew.",
  "not-wiped":
    "Something you deleted or corrected will never leave, but its traces are still on this disk. Free some space: it is wiped as soon as it can be.",
  "refused-batches": "The site did not take some of what was recorded. See: What left.",
  "not-taken":
    "The site takes nothing more from this workstation. Ask your operator, or enrol it again. What is recorded stays here.",
  "clock-differs": "This machine's clock and the site's differ. Times may be wrong.",
  "copied-folder":
    "A copy of this agent's folder sends to the site as well. Nothing is lost; enrol the other machine by itself.",
  choices:
    "Your choices could not be written to disk. They hold until the agent is restarted: free some space.",
  hours:
    "Your agreed hours could not be written to disk. They are asked for again at the next start.",
  unsaved: "Some events could not be written to disk yet. They are kept in memory until they can.",
  feed: "The telephone or customer-file feed does not work as it should.",
  gateway: "The ActivityWatch gateway does not work as it should.",
};
