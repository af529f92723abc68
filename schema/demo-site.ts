import type { Shift } from "./archive.ts";
import { addDays, DAY_MS, formatInZone, instantOfWallClock, type LocalDate } from "./time.ts";

/** The clocks of the demonstration site. */
export const demoZone = "Europe/Paris";

/** One fictitious technician. */
export interface DemoPerson {
  name: string;
  login: string;
  team: string;
}

const teams = ["Assistance Nord", "Assistance Sud"];

/** Nobody is called this: each surname is a tool or a joint of the workbench. */
const names = [
  "Aïcha Rabot",
  "Bruno Varlope",
  "Chiara Maillet",
  "Djamel Ciseau",
  "Élodie Équerre",
  "Farid Gouge",
  "Greta Vilebrequin",
  "Hakim Compas",
  "Inès Tenon",
  "Jonas Mortaise",
  "Khadija Trusquin",
  "Ludovic Burin",
  "Maëlle Bédane",
  "Nabil Gabarit",
  "Oksana Copeau",
  "Pauline Chevron",
  "Quentin Bouvet",
  "Rachida Racloir",
  "Sven Tournevis",
  "Thibault Marteau",
  "Ulrike Pince",
  "Valentin Niveau",
  "Wassila Boulon",
  "Xavier Rivet",
  "Yasmine Cheville",
  "Zofia Presse",
  "Anton Wastringue",
  "Beatriz Plane",
  "Cédric Feuilleret",
  "Dounia Limande",
];

/** The thirty technicians of the demonstration, in two teams of fifteen. */
export const demoPeople: readonly DemoPerson[] = names.map((name, index) => ({
  name,
  login: loginOf(name),
  team: teams[Math.floor(index / 15)] ?? "",
}));

/** Local hours at which shifts of the round-the-clock line start, four hours apart, eight hours long. */
const startHours = [1, 5, 9, 13, 17, 21];
const SHIFT_HOURS = 8;
/** Each start has five people, each a different number of days into the week of five days on and two off. */
const daysIntoWeek = [0, 2, 4, 6, 1];
/** Planned breaks: minutes after the start of the shift, and length in minutes. */
const breaks = [
  { after: 110, length: 15 },
  { after: 225, length: 30 },
  { after: 365, length: 15 },
];
/** Colleagues of one start go one after the other. */
const BREAK_STAGGER_MINUTES = 8;

/**
 * The shift that a person (index into `demoPeople`) starts on a local date, or null on a day off.
 *
 * Five days on, two off; after each week off the next one starts four hours later, so the shifts rotate forwards.
 * At any hour of any day two starts are on shift with three or four people each, and one of them is between 1.5 and
 * 5.5 hours into its eight.
 */
export function planShift(personIndex: number, date: LocalDate): Shift | null {
  const turn = Math.floor(personIndex / startHours.length) % daysIntoWeek.length;
  const day = Math.round(Date.parse(`${date}T00:00:00.000Z`) / DAY_MS);
  const position = day + (daysIntoWeek[turn] ?? 0);
  if (position % 7 >= 5) return null;
  const slot = (personIndex + Math.floor(position / 7)) % startHours.length;
  const startHour = startHours[slot] ?? 0;
  const at = (minutesAfterStart: number) => {
    const minutes = startHour * 60 + minutesAfterStart;
    const wall = {
      date: addDays(date, Math.floor(minutes / 1440)),
      hour: Math.floor((minutes % 1440) / 60),
      minute: minutes % 60,
    };
    return formatInZone(instantOfWallClock(wall, demoZone), demoZone);
  };
  return {
    start: at(0),
    end: at(SHIFT_HOURS * 60),
    breaks: breaks.map(({ after, length }) => {
      const start = after + turn * BREAK_STAGGER_MINUTES;
      return { start: at(start), end: at(start + length) };
    }),
  };
}

function loginOf(name: string): string {
  return name.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase().replaceAll(" ", ".");
}
