import type { roles as english } from "../en/roles.ts";

export const roles: typeof english = {
  health: {
    title: "Santé au travail",
    text: "Vous lirez ici des agrégats publiés : comment est le travail d'un groupe, jamais celui d'une personne.",
    published: "Publié jusqu'ici",
    nothing: "Rien n'est encore publié.",
    nothingText:
      "Une première publication demande des semaines d'enregistrement et des groupes assez grands. Elle apparaîtra ici, avec la certitude de chaque chiffre.",
    will: "Ce que vous verrez",
    will1:
      "Des publications : des ensembles de chiffres publiés une fois, jamais modifiés, par groupe et par période",
    will2:
      "Des groupes d'au moins 10 personnes ; les plus petits sont réunis ou laissés de côté, et la page le dit",
    will3: "Quelle part du temps a été enregistrée, à côté de chaque chiffre",
    why: "Pourquoi personne ne peut être recherché",
    why1: "Il n'y a ni recherche de personnes, ni page sur l'une d'elles ; la base de données le refuse, quoi qu'on demande",
    why2: "Les chiffres sont arrondis ou retenus pour qu'aucune combinaison ne révèle une personne",
    why3: "Un technicien peut partager avec vous une partie de son relevé, pour une durée qu'il choisit, et y mettre fin aussitôt",
    why4: "Ce qui est enregistré est l'exposition : ce que le travail demande. Le ressenti, chacun est seul à pouvoir le dire",
  },
  representative: {
    title: "La charte en vigueur",
    text: "Ce que l'employeur et les représentants ont convenu qu'on peut enregistrer, pourquoi, pour combien de temps et pour qui. L'agent, le serveur et la base de données s'y tiennent.",
  },
  employer: {
    title: "La charte en vigueur",
    text: "Vous lisez ici la charte. Il n'y a rien d'autre à voir : aucun chiffre ni aucun nom n'est ouvert à l'employeur.",
  },
};
