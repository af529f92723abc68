import type { technician as english } from "../en/technician.ts";

export const technician: typeof english = {
  recorded: {
    title: "Ce qui est enregistré de moi",
    text: "Voici tout ce qu'un poste peut enregistrer de vous, en mots simples. La charte décide ; votre poste la vérifie aussi.",
    charter: "Par catégorie",
    workstations: "Mes postes",
    noWorkstations: "Aucun poste n'est encore inscrit pour vous.",
    enrolledOn: "Inscrit le {{date}}",
    connected: "Connecté maintenant",
    away: "Pas connecté",
    revoked: "Révoqué",
    workstation: "Poste {{number}}",
    unreadable: "Vos postes n'ont pas pu être lus.",
    enrol: "Inscrire un poste",
    enrolText:
      "Un code vaut pour un seul poste, pendant dix minutes. La clé est créée sur votre poste et n'en sort jamais.",
    create: "Créer un code à usage unique",
    another: "Créer un autre code",
    code: "Code à usage unique",
    command: "Lancez ceci sur votre poste",
    expires: "Le code sert une seule fois, jusqu'au {{time}}.",
  },
  data: {
    title: "Mes données",
    text: "Tout ce que le serveur garde de vous, en un fichier qui est à vous. Il est fait à votre demande, et le faire ne change rien.",
    inside: "Ce qu'il contient",
    spans:
      "Vos périodes : quel genre de travail de quand à quand, et la catégorie de l'outil au premier plan",
    marks: "Vos repères : interruptions, échéances et autres instants",
    tallies: "Vos décomptes, si la charte les active : des nombres par cinq minutes",
    schedule: "Vos horaires et vos pauses prévus",
    answers: "Vos propres réponses, si vous en avez donné",
    charter: "La charte en vigueur, pour que le fichier s'explique de lui-même",
    download: "Télécharger mon archive (JSON)",
    working: "Préparation…",
    ready: "Enregistrée sous {{file}} : {{spans}}, {{marks}}.",
    spanCount_zero: "aucune période",
    spanCount_one: "{{count}} période",
    spanCount_other: "{{count}} périodes",
    markCount_zero: "aucun repère",
    markCount_one: "{{count}} repère",
    markCount_other: "{{count}} repères",
    format:
      "Le format est etabli-archive/1. Chaque événement dit où il est stocké, pour pouvoir être vérifié.",
    failed: "L'archive n'a pas pu être faite.",
  },
};
