import type { entry as english } from "../en/entry.ts";

export const entry: typeof english = {
  title: "Connexion",
  motto: "L'établi du technicien d'assistance à la clientèle.",
  promise:
    "Vous voyez en premier ce qui est enregistré de vous. Rien n'est enregistré au-delà de ce qui a été convenu, personne n'est classé, et vous pouvez vérifier l'un et l'autre.",
  login: "Identifiant",
  password: "Mot de passe",
  submit: "Se connecter",
  working: "Connexion…",
  wrong: "L'identifiant et le mot de passe ne vont pas ensemble. Vérifiez-les et réessayez.",
  missing: "Saisissez votre identifiant et votre mot de passe.",
  needsOperator:
    "Ce site n'a encore aucun compte. À son premier démarrage, le serveur a affiché un lien à usage unique : ouvrez ce lien pour créer le premier exploitant.",
  join: {
    title: "Créer votre compte",
    as: "Ce lien crée un compte avec le rôle : {{role}}.",
    forName: "Il a été fait pour {{name}}.",
    expires: "Il sert une seule fois, jusqu'au {{time}}.",
    login: "Identifiant",
    loginHint: "2 à 40 lettres minuscules, chiffres, points, tirets ou soulignés.",
    loginFixed: "Votre identifiant a été fixé par l'exploitant.",
    name: "Nom",
    nameHint: "Tel que vos collègues vous connaissent ; 60 caractères au plus.",
    nameFixed: "Votre nom a été fixé par l'exploitant.",
    password: "Mot de passe",
    passwordHint: "Au moins 10 caractères. Une courte phrase se retient bien et se devine mal.",
    show: "Afficher le mot de passe",
    submit: "Créer le compte",
    working: "Création…",
    badLogin:
      "Choisissez un identifiant de 2 à 40 lettres minuscules, chiffres, points, tirets ou soulignés.",
    badName:
      "Saisissez un nom de 60 lettres, chiffres, espaces, points, tirets ou apostrophes au plus.",
    badPassword: "Choisissez un mot de passe de 10 à 128 caractères.",
    taken: "Cet identifiant est déjà pris. Choisissez-en un autre.",
    noToken:
      "Il manque à cette adresse sa partie à usage unique. Ouvrez le lien entier, tel que vous l'avez reçu, jusqu'au dernier caractère.",
    toSignIn: "Aller à la connexion",
  },
};
