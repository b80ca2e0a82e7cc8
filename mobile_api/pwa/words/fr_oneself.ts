// French for the pages about oneself; what is missing here is said in English.

import type { Words } from "./en.ts";

/** 22 novembre à 14:02 */
function day(instant: string): string {
  return new Date(instant).toLocaleString("fr-FR", {
    day: "numeric",
    month: "long",
    hour: "2-digit",
    minute: "2-digit",
  });
}

export const oneself: Partial<Words> = {
  day,

  wakeAsk: "Laisser Bluelight réveiller ce téléphone",
  wakeMeans:
    "Il vous dit quand quelqu’un vient, avant la fin de votre minuteur, et quand le campus est averti. Aussi quand cette page est fermée.",
  wakeLater: "Pas maintenant",
  wakeTitle: "Réveiller ce téléphone",
  wakeOn: "Bluelight peut réveiller ce téléphone.",
  wakeOnUntold: "Autorisé. Le serveur ne le sait pas encore : on réessaie tout seul.",
  wakeInsecure:
    "Cette page n’a pas été ouverte en https : ce téléphone ne peut pas être réveillé. Les nouvelles ne viennent que si elle est ouverte.",
  wakeHomeFirst:
    "Sur un iPhone ou un iPad, mettez d’abord Bluelight sur l’écran d’accueil. Puis ouvrez-le là et revenez ici.",
  wakeNotSetUp:
    "Ce campus n’a pas de clé pour réveiller les navigateurs. Les nouvelles ne viennent que si cette page est ouverte.",
  wakeFailed:
    "Cela n’a pas marché : ce navigateur n’a pas pu joindre son fabricant. Les nouvelles ne viennent que si cette page est ouverte.",
  wakeRefused: "Vous avez refusé les notifications. Les nouvelles ne viennent que si cette page est ouverte.",
  wakeRefusedHow: "Pour changer : dans les réglages de ce navigateur, trouvez ce site et autorisez les notifications.",
  wakeCannot: "Ce navigateur ne peut pas être réveillé. Les nouvelles ne viennent que si cette page est ouverte.",
  wakeAgain: "Réessayer",
  wakeStop: "Ne plus réveiller ce téléphone",
  wakeNever: "Un appel à l’aide n’en dépend jamais.",

  installTitle: "Le garder sur ce téléphone",
  install: "Mettre Bluelight sur ce téléphone",
  installMeans: "Il s’ouvre comme une application, aussi sans réseau.",
  installApple: "Dans Safari, appuyez sur Partager, puis Sur l’écran d’accueil.",
  installMenu: "Dans le menu de ce navigateur, cherchez Installer ou Ajouter à l’écran d’accueil.",
  installDone: "Bluelight est sur ce téléphone.",

  concernTitle: "Inquiet pour quelqu’un ?",
  concern: "Le dire sans votre nom",
  concernMeans: "Ceci ouvre une page à part, qui ne sait pas que vous êtes connecté ici.",

  profile: "Ce que ceux qui viennent doivent savoir",
  profileWho:
    "Lu seulement pendant un appel de vous : par les agents qui viennent, et par la salle de contrôle si elle écrit pourquoi. Chaque regard est listé plus bas.",
  profileNotKept:
    "Gardé par le serveur, scellé. Pas gardé sur ce téléphone, que d’autres peuvent tenir : sans réseau, vous ne pouvez pas le lire ici.",
  profileReading: "Lecture …",
  profileUnread: "Il faut un réseau. Rien de cela n’est gardé sur ce téléphone.",
  readAgain: "Relire",
  photo: "Photo",
  photoMeans: "Pour que les agents sachent qui chercher.",
  photoUnfit: "Ce fichier n’est pas une image utilisable.",
  photoChoose: "Choisir une photo",
  photoRemove: "Enlever la photo",
  photoNone: "Pas de photo",
  mobile: "Numéro de mobile",
  mobileMeans: "La salle de contrôle le voit à tout moment.",
  medicalHint: "Par exemple : asthme, l’inhalateur est dans la poche gauche.",
  evacuationHint: "Votre PEEP. Par exemple : chaise d’évacuation depuis le niveau 3, deux personnes.",
  medicalNotes: "Santé : que doivent-ils savoir ?",
  evacuationPlan: "Évacuation : de quelle aide avez-vous besoin ?",
  contacts: "Qui appeler pour vous",
  contact: (place) => `Personne ${place}`,
  contactName: "Nom",
  contactNumber: "Numéro",
  contactRelation: "Qui est-ce pour vous ?",
  contactAdd: "Ajouter une personne",
  contactRemove: (name) => `Enlever ${name || "cette personne"}`,
  save: "Enregistrer",
  saving: "Enregistrement …",
  saved: "Enregistré",
  unsaved: "Pas enregistré. Regardez ce qui est marqué.",
  savedAt: (at) => `Enregistré le ${day(at)}`,
  view: (by, side) =>
    `${by ?? "Quelqu’un"}, ${{ officer: "agent venu", controller: "salle de contrôle" }[side] ?? side}`,
  viewWhy: (reference, reason) =>
    [reference && `cas ${reference}`, reason && `« ${reason} »`].filter(Boolean).join(", "),
  older: "Plus ancien",
  views: "Qui a regardé",
  viewsNone: "Personne n’a regardé.",

  pins: "Codes PIN",
  pinsMean: "Avec des codes, personne d’autre ne peut annuler votre urgence ni arrêter votre minuteur.",
  pinsCancel: "Le code d’annulation l’arrête vraiment : je vais bien.",
  pinsDuress:
    "Le code de contrainte est pour quand quelqu’un vous force à arrêter. Le téléphone dit que c’est fini, et continue de le dire. La sécurité vient quand même, en silence.",
  pinsThird: "Un troisième code faux compte comme le code de contrainte. Choisissez-en deux que vous ne confondez pas.",
  pinsHidden: "Personne ne voit ici si des codes sont choisis, ni lesquels.",
  cancelPin: "Code d’annulation, 4 à 8 chiffres",
  duressPin: "Code de contrainte, 4 à 8 autres chiffres",
  yourPassword: "Votre mot de passe",
  pinsSet: "Choisir les deux codes",
  pinsGone: "Se passer de codes",
  pinsAreSet: "Les deux codes sont choisis.",
  pinsAreGone: "Il n’y a plus de codes.",

  signIns: "Mot de passe et connexions",
  passwordNew: "Nouveau mot de passe, 8 lettres ou plus",
  passwordChange: "Changer le mot de passe",
  passwordMeans: "Tous les autres téléphones et ordinateurs sont déconnectés.",
  passwordChanged: "Le mot de passe est changé. Vous êtes déconnecté partout ailleurs.",
  signInsMean: "Un téléphone perdu : terminez-le ici. Il n’apprend alors plus rien, et ne peut plus appeler à l’aide.",
  signInHere: "Ce téléphone",
  signInOn: (platform) =>
    ({ android: "Un téléphone Android", ios: "Un iPhone", web: "Un navigateur" })[platform ?? ""] ??
    "Un téléphone ou un navigateur",
  signInUsed: (at) => `dernier usage le ${day(at)}`,
  signInEnd: "Terminer",
  signInEnded: "Cette connexion est terminée.",

  language: "Langue",
  languageMeans: "Les alertes et les fiches viennent dans cette langue, s’il y a des mots.",
  languageWhole: "Aussi les mots de ce téléphone.",
  languagePart: "Aussi la plupart des mots de ce téléphone. Personne ne les a encore relus.",
  languageNone: "Les mots de ce téléphone restent en anglais.",
  languageUntold: "Gardé sur ce téléphone. Votre profil l’apprend dès qu’il y a un réseau.",
  languageKept: "Gardé avec votre profil.",
};
