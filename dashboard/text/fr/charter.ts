import type { charter as english } from "../en/charter.ts";

export const charter: typeof english = {
  unsigned: "Charte par défaut, pas encore signée",
  unsignedText:
    "L'employeur et les représentants n'ont pas encore signé de charte ici. En attendant, celle-ci s'applique par défaut : le travail et les outils seulement, lisibles par le technicien seul.",
  signed: "Charte signée",
  version: "Version {{version}}",
  fingerprint: "Empreinte (sha256)",
  fingerprintText:
    "Deux exemplaires de la charte sont les mêmes exactement quand leurs empreintes le sont.",
  purposes: "À quoi elle sert",
  forbidden: "À quoi elle ne doit jamais servir",
  categories: "Ce qui peut être enregistré",
  categoriesText:
    "Cette liste est fermée : ce qui n'y est pas ne peut être ni enregistré, ni même écrit.",
  applications: "Catégories d'applications",
  applicationsText:
    "D'une application, seule la catégorie est gardée, jamais son nom, son titre de fenêtre, son adresse ni son contenu.",
  never:
    "Titres de fenêtres, adresses, textes, sons, captures d'écran, touches une à une et positions du pointeur ne peuvent pas être enregistrés.",
  on: "Activé",
  off: "Désactivé",
  optional: "Chacun peut la désactiver à son poste",
  required: "Pour tous",
  keptDays_one: "Gardé {{count}} jour",
  keptDays_other: "Gardé {{count}} jours",
  readers: "Lu par : {{roles}}",
  basis: "Base légale : {{basis}}",
  error: "La charte n'a pas pu être lue.",
  bases: {
    legal_obligation: "obligation légale",
    legitimate_interest: "intérêt légitime",
    public_task: "mission publique",
    health_service: "service de santé au travail",
  },
  names: {
    work: "Travail",
    focus: "Outils",
    input: "Nombre de clics et de frappes",
    answers: "Mes propres réponses",
    off_schedule: "Hors des horaires convenus",
    community: "Communauté de pratique",
  },
};
