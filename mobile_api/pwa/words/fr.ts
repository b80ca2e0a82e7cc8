// French, as far as it goes: no person who speaks it has read it yet, and the page says so where it is chosen.

import type { Incident, Kind, Responder } from "../../../backend/web/browser/wire.ts";
import { english } from "./en.ts";
import { oneself } from "./fr_oneself.ts";
import type { Spoken } from "./index.ts";

const { time, age, spaced } = english;

const KINDS: Record<Kind, { name: string; button: string; means: string }> = {
  emergency: { name: "Urgence", button: "URGENCE", means: "Danger immédiat. La sécurité vient." },
  first_aid: { name: "Premiers secours", button: "SECOURS", means: "Quelqu’un est blessé ou malade." },
  help: { name: "Aide", button: "AIDE", means: "Inquiet, suivi, porte fermée." },
};

function arrival({ state, delayed, eta_s }: Responder): string {
  if (state === "on_scene") return "";
  if (delayed) return "en retard";
  if (eta_s === null) return "";
  return eta_s < 60 ? "moins d’une minute" : `environ ${Math.ceil(eta_s / 60)} min`;
}

function headline(incident: Incident): string {
  const last = incident.progress.at(-1);
  const at = last ? ` ${time(last.at)}` : "";
  if (incident.state === "resolved") return `Terminé${at}`;
  if (incident.state === "cancelled") return `Annulé${at}`;
  const there = incident.responders.find((one) => one.state === "on_scene");
  if (there) return `${there.name} est avec vous`;
  const coming = incident.responders.map((one) => {
    const when = arrival(one);
    return `${one.name} arrive${when ? `, ${when}` : ""}`;
  });
  if (coming.length) return coming.join(". ");
  return incident.seen ? "Vu. Personne n’a encore dit oui" : "Personne ne l’a encore vu";
}

export const french: Spoken = {
  language: "fr",
  direction: "ltr",
  reviewed: false,
  words: {
    ...oneself,
    KINDS,
    ANSWERS: { safe: "Je suis en sécurité", need_help: "J’ai besoin d’aide", not_here: "Je ne suis pas là" },
    arrival,
    headline,
    doing: ({ state }) =>
      ({ accepted: "a dit oui", en_route: "est en route", on_scene: "est sur place" })[state] ?? "a terminé",
    place: ({ zone, position }) => {
      if (zone) return zone.name + (position?.floor ? `, étage ${position.floor}` : "");
      return position ? "Hors de tous les campus" : "Lieu inconnu";
    },
    mark: ({ exercise, kind }) => (exercise ? "EXERCISE, exercice : " : kind === "test" ? "TEST : " : ""),

    somebody: "Quelqu’un",
    you: "Vous",
    limits: "Ceci ne remplace pas le 999.",
    ring: (number) => `Appeler le ${spaced(number)}`,
    whomToRing: "Qui appeler",
    emergencyServices: "Services d’urgence",
    notLive: (since) => `Plus en direct depuis ${time(since)}. Ce que vous voyez peut être ancien.`,
    ranOut: "Votre connexion a expiré. Les trois boutons marchent encore.",
    signInAgain: "Se connecter à nouveau",
    signedOut: "Vous avez été déconnecté. Connectez-vous à nouveau.",
    unreachable: "Le serveur ne répond pas. Vérifiez votre réseau et réessayez.",
    hold: "Appuyez longtemps",
    holdAgain: "Appuyez encore une fois pour le faire",
    back: "Retour",
    close: "Fermer",
    done: "Fini",

    promise: "Appuyez une fois. Quelqu’un vient.",
    promiseMore: "Bluelight appelle la sécurité du campus là où vous êtes. Vous voyez qui vient et quand.",
    email: "E-mail du College",
    password: "Mot de passe",
    signIn: "Se connecter",
    inDanger: "En danger, appelez le 999 tout de suite.",

    ask: "De quoi avez-vous besoin ?",
    moreHelp: "Plus d’aide",
    seesWhere: (metres) => `La sécurité verra où vous êtes, à environ ${Math.ceil(metres)} m près.`,
    whereAsking: "Recherche de votre position. Rien ne l’attend.",
    whereUnknown: "La sécurité ne voit pas encore où vous êtes.",
    whereRefused: "Ce téléphone ne dit pas où vous êtes. Après l’appel, dites-le avec des mots.",
    shareWhere: "Dire où je suis",
    pressHow:
      "Après avoir appuyé, vous avez quelques secondes pour arrêter. Appuyez longtemps pour un appel silencieux.",
    pressHint: (seconds) => `Envoyé après ${seconds} secondes. Appuyez longtemps pour un appel silencieux.`,
    holdingSilent: "Gardez appuyé : appel silencieux",

    countdown: (kind) => `${KINDS[kind].name} dans`,
    countdownAloud: (kind, seconds) => `${KINDS[kind].name} dans ${seconds} secondes. Appuyez pour arrêter.`,
    tapToStop: "Appuyez pour arrêter",
    stopped: (kind) => `${KINDS[kind].name} : arrêté. Rien n’a été envoyé.`,

    sending: (kind) => `Envoi : ${KINDS[kind].name} …`,
    unsent: "Pas encore envoyé. On essaie.",
    unsentRing: "Appelez le 999 maintenant.",
    unsentHow: (kind, at) => `${KINDS[kind].name}, appuyé à ${time(at)}. Cela part tout seul dès qu’il y a un chemin.`,
    unsentSignIn: "Pas envoyé : votre connexion n’est plus valable.",
    unsentRefused: "Pas envoyé. Le serveur ne l’a pas pris.",
    internally: (number, label) => `D’un téléphone du College : ${number}. ${label}.`,
    stopTrying: "Ne plus essayer",

    received: (at) => `Reçu à ${time(at)}`,
    receivedAloud: (incident) => `Reçu à ${time(incident.received_at)}. ${headline(incident)}.`,
    whoIsComing: "Qui vient",
    placeAsOf: (at) => `lieu à ${time(at)}`,
    story: "Ce qui s’est passé",
    floor: "Quel étage ?",
    conversation: "Conversation",
    saySomething: "Dire quelque chose",
    send: "Envoyer",
    notSaidYet: "pas encore envoyé",
    cancel: "Annuler : je vais bien",
    pinAsked: "Votre code PIN",
    cancelWithPin: "Annuler l’appel",
    silentCase: "Appel silencieux. La sécurité sait qu’il ne faut pas vous appeler.",
    exercise: "EXERCISE (exercice)",

    warned: "Ce qui est dit à tous",
    inForce: (at) => `En vigueur depuis ${time(at)}`,
    over: (at) => `Terminé · ${time(at)}`,
    nextWord: (at) => `Prochaines nouvelles avant ${time(at)}`,
    areYouSafe: "Êtes-vous en sécurité ?",
    answeredNot: "Pas envoyé. Appuyez encore.",
    answerHelpNot: "Pas envoyé. Appuyez encore, ou appelez le 999.",

    home: "Appel",
    timer: "Minuteur",
    cards: "Que faire",
    me: "Moi",

    checkIn: "Minuteur de sécurité",
    checkInMeans:
      "Si vous ne l’arrêtez pas à temps, la sécurité vous cherche là où vous étiez. C’est le serveur qui compte, pas ce téléphone.",
    checkInAfter: "Se termine après",
    checkInNote: "Que doit savoir la sécurité ?",
    checkInStart: "Démarrer le minuteur",
    checkInRuns: (at, left_s) =>
      left_s >= 0 ? `Se termine à ${time(at)}, dans ${age(left_s)}` : "Le temps est écoulé.",
    checkInSafe: "Je suis en sécurité : arrêter",
    checkInLonger: "15 minutes de plus à partir de maintenant",
    checkInRanOut: "Votre dernier minuteur est arrivé à son terme, et une urgence a été lancée.",
    checkInWarning: "Votre minuteur arrive bientôt à son terme. Êtes-vous en sécurité ?",

    cardsKept: "Gardé sur ce téléphone : marche sans réseau.",
    cardsNone: "Il n’y a pas encore de fiches. Elles viennent avec le réseau.",
    cardsUnreviewed: "Personne n’a encore relu ces mots.",
    never: "Jamais",

    signedInAs: "Connecté :",
    signOut: "Se déconnecter",
    signOutWaits: "Un appel est encore en route. Laissez-le arriver, ou arrêtez-le d’abord.",
  },
};
