// What the phone says about its owner: how it is woken, who may read what, PINs, sign-ins and languages.

/** 22 November, 14:02 */
function day(instant: string): string {
  return new Date(instant).toLocaleString("en-GB", {
    day: "numeric",
    month: "long",
    hour: "2-digit",
    minute: "2-digit",
  });
}

const SIDES: Record<string, string> = { officer: "officer who came", controller: "control room" };

export const oneself = {
  day,

  wakeAsk: "Let Bluelight wake this phone",
  wakeMeans:
    "It tells you when somebody comes, before your timer runs out, and when the campus is warned. Also while this page is closed.",
  wakeLater: "Not now",
  wakeTitle: "Waking this phone",
  wakeOn: "Bluelight can wake this phone.",
  wakeOnUntold: "Allowed. The server has not been told yet: it is tried again by itself.",
  wakeRefused: "You have said no to notifications. News reaches you only while this page is open.",
  wakeRefusedHow: "To change it, open the settings of this browser, find this site, and allow notifications.",
  wakeCannot: "This browser cannot be woken. News reaches you only while this page is open.",
  wakeInsecure:
    "This page was not opened by https, so this phone cannot be woken. News reaches you only while it is open.",
  wakeHomeFirst: "On an iPhone or iPad, put Bluelight on the Home Screen first. Then open it there and come back here.",
  wakeNotSetUp: "This campus has no key for waking browsers. News reaches you only while this page is open.",
  wakeFailed:
    "That did not work: this browser could not reach its maker. News reaches you only while this page is open.",
  wakeAgain: "Try again",
  wakeStop: "Stop waking this phone",
  wakeNever: "A call for help never depends on this.",

  installTitle: "Keep it on this phone",
  install: "Put Bluelight on this phone",
  installMeans: "It opens like an app, also without a network.",
  installDone: "Bluelight is on this phone.",
  installApple: "In Safari press Share, then Add to Home Screen.",
  installMenu: "In the menu of this browser look for Install or Add to Home Screen.",

  concernTitle: "Worried about somebody?",
  concern: "Say it without your name",
  concernMeans: "This opens a page of its own, which does not know that you are signed in here.",

  profile: "What those who come should know",
  profileWho:
    "Read only while a call of yours is open: by the officers who come, and by the control room when it writes down why. Each look is listed below.",
  profileNotKept:
    "Kept by the server, sealed. Not kept on this phone, which others may hold: without a network you cannot read it here.",
  profileReading: "Reading …",
  profileUnread: "This needs a network. Nothing of it is kept on this phone.",
  readAgain: "Read again",
  photo: "Photo",
  photoMeans: "So that officers know whom to look for.",
  photoChoose: "Choose a photo",
  photoRemove: "Take the photo away",
  photoNone: "No photo",
  photoUnfit: "This file is no picture that can be used.",
  mobile: "Mobile number",
  mobileMeans: "The control room sees it at any time.",
  medicalNotes: "Health: what should they know?",
  medicalHint: "For example: asthma, the inhaler is in the left pocket.",
  evacuationPlan: "Evacuation: what help do you need?",
  evacuationHint: "Your PEEP. For example: evac chair from level 3, two helpers.",
  contacts: "Whom to ring for you",
  contact: (place: number) => `Person ${place}`,
  contactName: "Name",
  contactNumber: "Number",
  contactRelation: "Who are they to you?",
  contactAdd: "Add a person",
  contactRemove: (name: string) => `Take ${name || "this person"} away`,
  save: "Save",
  saving: "Saving …",
  saved: "Saved",
  savedAt: (at: string) => `Last saved ${day(at)}`,
  unsaved: "Not saved. Look at what is marked.",
  views: "Who has looked",
  viewsNone: "Nobody has looked.",
  view: (by: string | null, side: string) => `${by ?? "Somebody"}, ${SIDES[side] ?? side}`,
  viewWhy: (reference: string | null, reason: string | null) =>
    [reference && `case ${reference}`, reason && `“${reason}”`].filter(Boolean).join(", "),
  older: "Older",

  pins: "PINs",
  pinsMean: "With PINs, nobody else can call off your emergency or end your timer.",
  pinsCancel: "The cancel PIN really ends it: I am all right.",
  pinsDuress:
    "The duress PIN is for when somebody makes you end it. The phone says it is over, and goes on saying so. Security keeps coming, silently.",
  pinsThird: "A third wrong PIN counts as the duress PIN. Choose two that you cannot mix up.",
  pinsHidden: "Nobody can see here whether PINs are set, or which.",
  cancelPin: "Cancel PIN, 4 to 8 digits",
  duressPin: "Duress PIN, 4 to 8 other digits",
  yourPassword: "Your password",
  pinsSet: "Set both PINs",
  pinsGone: "Do without PINs",
  pinsAreSet: "Both PINs are set.",
  pinsAreGone: "There are no PINs now.",

  signIns: "Password and sign-ins",
  password: "Password",
  passwordNew: "New password, 8 letters or more",
  passwordChange: "Change the password",
  passwordMeans: "Every other phone and computer is signed out.",
  passwordChanged: "The password is changed. You are signed out everywhere else.",
  signInsMean: "A phone you have lost: end it here. Then it is told nothing, and cannot call for help.",
  signInHere: "This phone",
  signInOn: (platform: string | null) =>
    ({ android: "An Android phone", ios: "An iPhone", web: "A browser" })[platform ?? ""] ?? "A phone or a browser",
  signInUsed: (at: string) => `last used ${day(at)}`,
  signInEnd: "End it",
  signInEnded: "That sign-in has ended.",

  language: "Language",
  languageMeans: "Warnings and cards come to you in this language, where there are words in it.",
  languageWhole: "Also the words of this phone.",
  languagePart: "Also most words of this phone. No person has read them yet.",
  languageNone: "The words of this phone stay English.",
  languageKept: "Kept with your profile.",
  languageUntold: "Kept on this phone. Your profile is told as soon as there is a network.",
};
