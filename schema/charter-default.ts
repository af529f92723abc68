import { knownCategories } from "./application-category.ts";
import type { Charter } from "./charter.ts";

/** The unsigned charter a new site starts from: work and focus recorded, everything else off. */
export const defaultCharter: Charter = {
  format: "etabli-charter/1",
  version: 1,
  title: { en: "Default charter, not yet signed", fr: "Charte par défaut, pas encore signée" },
  purposes: [
    {
      en: "Let technicians see their own workload, time pressure and breaks.",
      fr: "Permettre aux techniciens de voir leur charge, leur pression de temps et leurs pauses.",
    },
    {
      en: "Improve the organisation of work and protect health.",
      fr: "Améliorer l'organisation du travail et protéger la santé.",
    },
  ],
  forbiddenUses: [
    { en: "Discipline, appraisal or pay.", fr: "Discipline, évaluation ou rémunération." },
    {
      en: "Comparing, ranking or setting targets for people.",
      fr: "Comparer ou classer des personnes, leur fixer des objectifs.",
    },
    {
      en: "Inferring emotion, mood or stress from behaviour.",
      fr: "Déduire du comportement une émotion, une humeur ou un stress.",
    },
  ],
  rawDays: 14,
  holdBackMinutes: 0,
  categories: [
    {
      id: "work",
      on: true,
      optional: false,
      lawfulBasis: "legitimate_interest",
      purpose: {
        en: "What kind of work is under way: contacts, notes, waiting, breaks, and marks such as interruptions and deadlines.",
        fr: "Le genre de travail en cours : contacts, saisie, attente, pauses, et des repères comme les interruptions et les échéances.",
      },
      rawDays: 14,
      readers: ["technician"],
    },
    {
      id: "focus",
      on: true,
      optional: true,
      lawfulBasis: "legitimate_interest",
      purpose: {
        en: "The category of the application in front, never its name, title or content.",
        fr: "La catégorie de l'application au premier plan, jamais son nom, son titre ni son contenu.",
      },
      rawDays: 14,
      readers: ["technician"],
    },
    {
      id: "input",
      on: false,
      optional: true,
      lawfulBasis: "legitimate_interest",
      purpose: {
        en: "How many clicks and keystrokes a tool asks for, counted by five minutes.",
        fr: "Combien de clics et de frappes un outil demande, comptés par cinq minutes.",
      },
      rawDays: 14,
      readers: ["technician"],
    },
    {
      id: "answers",
      on: false,
      optional: true,
      lawfulBasis: "health_service",
      purpose: {
        en: "What people choose to say about how they feel.",
        fr: "Ce que chacun choisit de dire de son ressenti.",
      },
      rawDays: 14,
      readers: ["technician"],
    },
    {
      id: "off_schedule",
      on: false,
      optional: true,
      lawfulBasis: "legal_obligation",
      purpose: {
        en: "Work outside the agreed hours.",
        fr: "Le travail hors des horaires convenus.",
      },
      rawDays: 14,
      readers: ["technician"],
    },
    {
      id: "community",
      on: false,
      optional: true,
      lawfulBasis: "legitimate_interest",
      purpose: {
        en: "Time given to a community of practice, as worked time.",
        fr: "Le temps donné à une communauté de pratique, comme temps de travail.",
      },
      rawDays: 14,
      readers: ["technician"],
    },
  ],
  applicationCategories: [...knownCategories],
};
