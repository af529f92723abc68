/**
 * The rates the demonstration runs on, and where each comes from.
 *
 * [Brown] L. Brown et al., "Statistical analysis of a telephone call center: a queueing-science perspective", JASA
 * 100 (2005) 36-50: service times are lognormal, arrivals between two services close to exponential. Medians and
 * means below are those of the same call centre's first week of February 1999, as `npm run replay … --report` shows.
 * [GM] V. González, G. Mark, CHI 2004: about 3 minutes a task, a little over 2 a tool; Mark 2012: 75 s on a screen.
 * [MGH] G. Mark, V. González, J. Harris, CHI 2005: 57 % of working spheres are interrupted.
 * [85] Planning practice (Call Centre Helper, WFM Labs): occupancy at most 85 %.
 * Where nothing is named the figure is our own, chosen so that a day looks like one.
 */

/** Contacts: [Brown], seconds. Types PS, NW, IN, NE and PE there stand behind our five, in this order. */
export const caseTypes = [
  { label: "compte", share: 0.45, median: 117, mean: 182.6, allotted: 210 },
  { label: "information", share: 0.22, median: 56, mean: 94.2, allotted: 120 },
  { label: "connexion", share: 0.15, median: 155, mean: 270.5, allotted: 300 },
  { label: "installation", share: 0.08, median: 171, mean: 257.2, allotted: 300 },
  { label: "contrat", share: 0.1, median: 185, mean: 216.3, allotted: 240 },
] as const;

/** Mean length of a contact over the mix, seconds: 186, where the real week has 170. */
export const meanContact = caseTypes.reduce((sum, type) => sum + type.share * type.mean, 0);

/** Nobody is kept longer; cuts the lognormal's far tail. Seconds. */
export const LONGEST_CONTACT = 2_700;

/** Complexity, its share, and what it does to the length; the mean factor is 1. */
export const complexities = [
  { level: 1, share: 0.5, factor: 0.8 },
  { level: 2, share: 0.38, factor: 1.05 },
  { level: 3, share: 0.12, factor: 1.675 },
] as const;

/** After-contact work, seconds. */
export const afterContact = { median: 22, mean: 33 };

/** Occupancy a day aims at lies between these: around the 85 % of [85], below it at night. */
export const occupancy = { low: 0.81, high: 0.87, nightDiscount: 0.02 };

/** What may follow a contact: probability, and length in seconds (median, mean). */
export const episodes = {
  research: { chance: 0.05, median: 170, mean: 240 },
  case: { chance: 0.035, median: 420, mean: 560 },
  expert_consult: { chance: 0.03, median: 210, mean: 280 },
  help_given: { chance: 0.025, median: 150, mean: 220 },
  tool_wait: { chance: 0.08, median: 30, mean: 45 },
  tech_incident: { chance: 0.006, median: 480, mean: 660 },
} as const;
/** No episode lasts longer, seconds. */
export const LONGEST_EPISODE = 2_400;

/** Share of two chats held at once among contacts. */
export const CHAT_PAIR_CHANCE = 0.05;

/** Share of stretches of desk work (a case, research, notes over half a minute) that are cut into: [MGH]. */
export const INTERRUPTED_SHARE = 0.57;
/** Until back on the task, seconds. Short: what cuts in is a question in passing or a pop-up. */
export const resumption = { median: 45, mean: 75 };

/** One tool in front, seconds; the mean lies between the 75 s and 3 minutes of [GM]. */
export const focusRun = { median: 92, mean: 115 };
/** Share of runs that are a glance of 1 to 4 s, which F1 drops. */
export const GLANCE_CHANCE = 0.05;

/** Share of person-days with a stretch of 20 to 60 minutes the workstation was off. */
export const HOLE_CHANCE = 0.12;
