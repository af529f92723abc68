import type {
  refusals as englishRefusals,
  replies as englishReplies,
  troubles as englishTroubles,
} from "../en/replies.ts";

export const replies: typeof englishReplies = {
  started: "C'est commencé.",
  switched: "C'est commencé. La tâche d'avant est mise de côté.",
  parked: "Mise de côté.",
  back: "Vous y êtes de nouveau.",
  stopped: "Terminée.",
  marked: "Noté.",
  "mark-ended": "C'est fini.",
  paused: "Rien n'est enregistré maintenant.",
  "not-paused": "Rien n'était en pause : l'enregistrement continue.",
  resumed:
    "L'enregistrement reprend là où la charte et les horaires le permettent. La tâche d'avant est terminée.",
  "category-on": "Activé.",
  "category-off": "Désactivé : ce n'est plus enregistré.",
  "category-on-not-in-charter":
    "Votre choix est gardé, mais la charte l'a désactivé : ce n'est pas enregistré.",
  "held-back": "C'est réglé. Cela vaut pour ce qui sera enregistré et pour ce qui attend encore.",
  deleted: "Supprimé.",
  corrected: "Corrigé.",
  "corrected-not-wiped":
    "Corrigé. Ce qui était écrit avant n'a pas encore pu être effacé de ce disque : libérez de la place.",
  "signed-in": "Vous êtes connecté.",
  "signed-out": "Vous êtes déconnecté. Rien n'est enregistré ici tant que personne ne se connecte.",
  private: "Le mode privé est actif : ce n'a pas été gardé. Reprenez d'abord.",
  "no-charter": "Le site n'a pas encore envoyé de charte : rien n'est enregistré.",
  "outside-hours": "C'est hors de vos horaires convenus : ce n'a pas été gardé.",
  "hours-not-told": "Le site n'a pas encore donné vos horaires convenus : ce n'a pas été gardé.",
  "nothing-on": "Tout est désactivé : ce n'a pas été gardé.",
  "kind-off": "La charte, ou vous, avez désactivé ce genre de travail.",
  "no-task": "Aucune tâche n'est en cours.",
  "nothing-parked": "Rien n'était mis de côté.",
  "no-open-mark": "Il n'y en a aucun de ce genre à clore.",
  "no-shift": "Vous n'êtes pas dans vos horaires.",
  "not-optional": "La charte ne laisse pas ce choix à chacun.",
  "already-sent": "C'est déjà envoyé : on ne peut plus le changer ici.",
  sent: "C'est déjà envoyé : on ne peut plus le changer ici.",
  gone: "Ce n'est plus ici. Regardez la liste de nouveau.",
  "not-found": "Ce n'est plus ici. Regardez la liste de nouveau.",
  invalid: "Quelque chose ne va pas. Vérifiez et réessayez.",
  "not-in-charter": "La charte ne permet pas de l'enregistrer ainsi.",
  "charter-gone":
    "La charte sous laquelle c'était enregistré n'est plus gardée ici. On ne peut que le supprimer.",
  "not-connected": "Le site est injoignable pour l'instant. Réessayez quand il sera revenu.",
  "wrong-passphrase": "Ce nom et cette phrase secrète ne vont pas ensemble ici.",
  wait: "Trop de tentatives erronées. Attendez un instant, puis réessayez.",
  "not-shared": "Ce poste n'est pas partagé : personne ne s'y connecte.",
  "bad-request": "L'agent n'a pas compris. Rechargez cette page.",
  failed: "L'agent a échoué. Réessayez.",
  unreachable: "L'agent ne répond pas. Rien n'a été fait.",
  unreadable: "La réponse de l'agent est illisible. Rechargez cette page.",
  "too-large": "C'est trop à la fois.",
  "other-page": "L'agent a refusé. Rouvrez la page avec : etabli desk",
  "wrong-address": "L'agent a refusé cette adresse. Rouvrez la page avec : etabli desk",
};

export const refusals: typeof englishRefusals = {
  paused: "L'enregistrement est en pause : ce n'a pas été gardé. Reprenez d'abord.",
  "signed-out": "Personne n'est connecté à ce poste. Connectez-vous d'abord.",
};

export const troubles: typeof englishTroubles = {
  disk: "Le disque est plein ou refuse d'écrire. Ce qui se passe maintenant risque de ne pas être gardé.",
  "lost-here": "Une partie de ce qui était enregistré a été perdue sur ce poste avant l'envoi.",
  "outbox-damaged":
    "La réserve de l'agent était abîmée. Elle a été mise à part, et ce qui est perdu est signalé au site.",
  "outbox-mark":
    "La réserve de l'agent était plus ancienne qu'elle n'aurait dû, comme après une restauration. Elle a recommencé à neuf.",
  "not-wiped":
    "Une chose supprimée ou corrigée ne partira jamais, mais ses traces sont encore sur ce disque. Libérez de la place : elles seront effacées dès que possible.",
  "refused-batches":
    "Le site n'a pas pris une partie de ce qui était enregistré. Voir : Ce qui est parti.",
  "not-taken":
    "Le site ne prend plus rien de ce poste. Demandez à votre exploitant, ou inscrivez-le de nouveau. Ce qui est enregistré reste ici.",
  "clock-differs":
    "L'horloge de ce poste et celle du site diffèrent. Les heures peuvent être fausses.",
  "copied-folder":
    "Une copie du dossier de cet agent envoie aussi au site. Rien n'est perdu ; inscrivez l'autre poste à part.",
  choices:
    "Vos choix n'ont pas pu être écrits sur le disque. Ils valent jusqu'au redémarrage de l'agent : libérez de la place.",
  hours:
    "Vos horaires convenus n'ont pas pu être écrits sur le disque. Ils seront redemandés au prochain démarrage.",
  unsaved:
    "Des événements n'ont pas encore pu être écrits sur le disque. Ils restent en mémoire jusque-là.",
  feed: "Le flux de la téléphonie ou de la fiche client ne marche pas comme il devrait.",
  gateway: "La passerelle ActivityWatch ne marche pas comme elle devrait.",
};
