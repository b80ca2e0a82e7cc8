// French for the pages about oneself; what is missing here is said in English.

import type { Words } from "./en.ts";

export const oneself: Partial<Words> = {
  day: (instant) =>
    new Date(instant).toLocaleString("fr-FR", { day: "numeric", month: "long", hour: "2-digit", minute: "2-digit" }),

  wakeAsk: "Laisser Bluelight réveiller ce téléphone",
  wakeMeans:
    "Il vous dit quand quelqu’un vient, avant la fin de votre minuteur, et quand le campus est averti. Aussi quand cette page est fermée.",
  wakeLater: "Pas maintenant",
  wakeTitle: "Réveiller ce téléphone",
  wakeOn: "Bluelight peut réveiller ce téléphone.",
  wakeRefused: "Vous avez refusé les notifications. Les nouvelles ne viennent que si cette page est ouverte.",
  wakeRefusedHow: "Pour changer : dans les réglages de ce navigateur, trouvez ce site et autorisez les notifications.",
  wakeCannot: "Ce navigateur ne peut pas être réveillé. Les nouvelles ne viennent que si cette page est ouverte.",
  wakeAgain: "Réessayer",
  wakeStop: "Ne plus réveiller ce téléphone",
  wakeNever: "Un appel à l’aide n’en dépend jamais.",

  installTitle: "Le garder sur ce téléphone",
  install: "Mettre Bluelight sur ce téléphone",
  installMeans: "Il s’ouvre comme une application, aussi sans réseau.",
  installDone: "Bluelight est sur ce téléphone.",

  concernTitle: "Inquiet pour quelqu’un ?",
  concern: "Le dire sans votre nom",
  concernMeans: "Ceci ouvre une page à part, qui ne sait pas que vous êtes connecté ici.",

  profile: "Ce que ceux qui viennent doivent savoir",
  profileReading: "Lecture …",
  profileUnread: "Il faut un réseau. Rien de cela n’est gardé sur ce téléphone.",
  readAgain: "Relire",
  photo: "Photo",
  photoChoose: "Choisir une photo",
  photoRemove: "Enlever la photo",
  photoNone: "Pas de photo",
  mobile: "Numéro de mobile",
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
  views: "Qui a regardé",
  viewsNone: "Personne n’a regardé.",

  pins: "Codes PIN",
  signIns: "Mot de passe et connexions",
  language: "Langue",
  languageMeans: "Les alertes et les fiches viennent dans cette langue, s’il y a des mots.",
  languageWhole: "Aussi les mots de ce téléphone.",
  languagePart: "Aussi la plupart des mots de ce téléphone. Personne ne les a encore relus.",
  languageNone: "Les mots de ce téléphone restent en anglais.",
  languageKept: "Gardé avec votre profil.",
};
